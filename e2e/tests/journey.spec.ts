import { mailedLink, signIn } from "../support/people.ts";
import { expect, expectAccessible, test } from "../support/test.ts";
import type { APIRequestContext, Browser, Locator, Page } from "@playwright/test";

// One issue from the report to the measured result, by everybody who has a part in it. It needs the demo's
// sign-ins, and that `business` and `ngo` speak for organisations verified in the community.

const PASSWORD = process.env.SPILNO_DEMO_PASSWORD ?? "demo-spilno-2026";
const COMMUNITY = "/c/kalynova";
const ACCEPT = /^(Прийняти|Accept)$/;
const DONE = /^(Виконано|Done)$/;
const SEND = /^(Надіслати|Send)$/;

test("an issue goes from a resident's report to a measured result, through organisations of two sectors", async ({
  page: reporter,
  browser,
  request,
}, info) => {
  test.setTimeout(300_000);
  // Each of the four browsers has an issue of its own.
  const name = info.project.name;
  const title = `Темний перехід біля школи, ${name}`;
  const lamps = `Поставити ліхтарі на переході, ${name}`;
  const lesson = `Провести урок про безпечну дорогу, ${name}`;
  const email = `olena-${name.replaceAll(/\W+/g, "-")}@example.org`;
  const business = await organisationOf(request, "business");
  const ngo = await organisationOf(request, "ngo");
  const coordinator = await someoneElse(browser);
  const builder = await someoneElse(browser);
  const teacher = await someoneElse(browser);

  await test.step("a resident reports with a photo and confirms by mail", async () => {
    await report(reporter, title, email);
    await reporter.goto(await mailedLink(reporter, email));
    await expectAccessible(reporter);
    await reporter.getByRole("main").getByRole("button").click();
    await expect(heading(reporter)).toHaveText(title);
    await expect(reporter.getByRole("main").getByRole("img")).toHaveCount(1);
    await expectAccessible(reporter);
  });
  const issue = new URL(reporter.url()).pathname;

  await test.step("the coordinator takes it in and splits it into two tasks", async () => {
    await signIn(coordinator, "coordinator", issue);
    await coordinator.getByRole("button", { name: ACCEPT }).click();
    await expect(state(coordinator)).toHaveText(/Відкрите|Open/);
    await addTask(coordinator, lamps, "business");
    await addTask(coordinator, lesson, "ngo");
    await expectAccessible(coordinator);
  });

  await test.step("and offers one to a business, the other to an NGO", async () => {
    await offer(coordinator, issue, lesson, "ngo", ngo);
    await offer(coordinator, issue, lamps, "business", business);
    await expectAccessible(coordinator);
  });
  const task = new URL(coordinator.url()).pathname;

  await test.step("the business accepts, and the coordinator's open page shows it", async () => {
    await signIn(builder, "business", "/inbox");
    await expectAccessible(builder);
    await step(builder, waiting(builder, lamps, ACCEPT), ACCEPT);
    await expect(state(coordinator)).toHaveText(/Взяте|Accepted/);
  });

  await test.step("the NGO declines with a reason that the coordinator reads", async () => {
    const decline = /^(Відхилити|Decline)$/;
    await signIn(teacher, "ngo", "/inbox");
    await step(teacher, waiting(teacher, lesson, decline), decline, "До канікул усі наші вчителі зайняті.");
    await coordinator.goto(issue);
    await coordinator.getByRole("link", { name: lesson }).click();
    await expect(coordinator.getByText("До канікул усі наші вчителі зайняті.")).toBeVisible();
    await expect(state(coordinator)).toHaveText(/Чернетка|Draft/);
    await coordinator.getByRole("button", { name: /^(Інші дії|More actions)$/ }).click();
    const cancel = /^(Скасувати|Cancel)$/;
    await step(coordinator, coordinator.getByRole("menuitem", { name: cancel }), cancel, "Урок проведе школа сама.");
    await expect(state(coordinator)).toHaveText(/Скасоване|Cancelled/);
  });

  await test.step("the resident contributes hours, and the business confirms that they came", async () => {
    await reporter.goto(task);
    await reporter.getByRole("button", { name: /^(Зробити внесок|Contribute)$/ }).click();
    await reporter.getByRole("dialog").locator('input[name="amount"]').fill("4");
    await reporter.getByRole("dialog").locator('textarea[name="words"]').fill("Викопаємо ями для опор");
    await expectAccessible(reporter);
    await press(reporter, /^(Запропонувати внесок|Offer the contribution)$/);
    await expect(reporter.getByText("Викопаємо ями для опор")).toBeVisible();

    await builder.goto("/inbox");
    await step(builder, waiting(builder, lamps, ACCEPT), ACCEPT);
    await reporter.reload();
    await reporter.getByRole("button", { name: /^(Внесок зроблено|It is delivered)$/ }).click();
    await reporter.getByRole("dialog").locator('textarea[name="note"]').fill("Чотири ями викопано");
    await press(reporter, /^(Повідомити|Say so)$/);
    const came = /^(Підтвердити отримання|Confirm the delivery)$/;
    await builder.goto("/inbox");
    await step(builder, waiting(builder, lamps, came), came);
  });

  await test.step("the business does the work and shows it", async () => {
    await waiting(builder, lamps, /^(Розпочати|Start)$/).click();
    await finish(builder, lamps, "Два ліхтарі стоять, світять від сутінок.");
    await expect(builder.getByText("Два ліхтарі стоять, світять від сутінок.")).toBeVisible();
    await expectAccessible(builder);
    await verify(coordinator, task);
    await resolve(builder, issue, "Перехід освітлено");
  });

  await test.step("the resident says that it is not fixed, and it comes back to the business", async () => {
    await reporter.goto(issue);
    await reporter.getByRole("button", { name: /^(Ні, не вирішене|No, it is not)$/ }).click();
    await reporter.getByRole("dialog").getByRole("textbox").fill("Один ліхтар уже не світить");
    await press(reporter, SEND);
    await expect(state(reporter)).toHaveText(/У роботі|In progress/);
    await builder.goto(task);
    await expect(state(builder)).toHaveText(/У роботі|In progress/);
  });

  await test.step("it is done again, and confirmed", async () => {
    await builder.goto("/inbox");
    await finish(builder, lamps, "Замінили блок живлення, перевірили обидва.");
    await verify(coordinator, task);
    await resolve(builder, issue, "Обидва ліхтарі світять");
    await reporter.goto(issue);
    await reporter.getByRole("button", { name: /^(Так, вирішене|Yes, it is solved)$/ }).click();
    await expect(state(reporter)).toHaveText(/Підтверджене|Confirmed/);
    await expectAccessible(reporter);
  });

  await test.step("the board shows where the task stands, by keyboard too", async () => {
    await coordinator.goto(`${COMMUNITY}/tasks?all=true&column=verified`);
    const card = coordinator.getByRole("listitem").filter({ hasText: lamps });
    await expect(card).toBeVisible();
    await card.focus();
    await card.press("Enter");
    await expect(coordinator.getByRole("menuitem", { name: /^(Відкрити завдання|Open the task)$/ })).toBeFocused();
    await coordinator.keyboard.press("Escape");
    await expect(card).toBeFocused();
    await expectAccessible(coordinator);
  });

  await test.step("a figure of tasks leads to the board of just those", async () => {
    await coordinator.goto(COMMUNITY);
    await coordinator.locator('a[href*="/tasks?sector=business&state=done,verified"]').click();
    await expect(coordinator.locator(".board .column")).toHaveCount(2);
    await expect(coordinator.locator(".board").getByRole("listitem").filter({ hasText: lamps })).toBeVisible();
    await coordinator.locator(".pill", { hasText: /Виконане, Перевірене|Done, Verified/ }).click();
    await expect(coordinator.locator(".board .column")).toHaveCount(5);
  });

  await test.step("a measurement is added, and the dashboard shows it", async () => {
    const measured = `Освітлені переходи, ${name}`;
    await coordinator.goto(`${COMMUNITY}/indicators?dialog=create`);
    const form = coordinator.getByRole("dialog");
    await form.locator('input[name="name"]').fill(measured);
    await form.locator('input[name="unit"]').fill("шт.");
    await form.locator('input[name="kind"][value="impact"]').check();
    await form.locator('input[name="direction"][value="up"]').check();
    await form.locator('input[name="source"]').fill("Відділ благоустрою");
    await press(coordinator, /^(Додати|Add)$/);
    await expect(heading(coordinator)).toContainText(measured);
    await expectAccessible(coordinator);

    const add = /^(Додати значення|Add a value)$/;
    await coordinator.getByRole("button", { name: add }).click();
    await form.locator('input[name="from"]').fill("2026-11-01");
    await form.locator('input[name="value"]').fill("17");
    await press(coordinator, add);
    await expect(coordinator.getByText(/17\sшт\./).first()).toBeVisible();

    await coordinator.goto(COMMUNITY);
    const row = coordinator.getByRole("listitem").filter({ hasText: measured });
    await expect(row).toContainText("17");
    await expectAccessible(coordinator);
  });
});

/** A person in a browser of their own. */
async function someoneElse(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  return context.newPage();
}

/** The organisation that one of the demo's people speaks for. */
async function organisationOf(request: APIRequestContext, who: string): Promise<string> {
  const answer = await request.post("/api/v1/sessions", {
    data: { email: `${who}@demo.spilno.example`, password: PASSWORD },
  });
  expect(answer.ok()).toBeTruthy();
  const { account } = (await answer.json()) as {
    account: { organisations: { organisation: { id: string }; role: string }[] };
  };
  const spoken = account.organisations.find(({ role }) => role !== "member");
  expect(spoken).toBeDefined();
  return spoken?.organisation.id ?? "";
}

function heading(page: Page): Locator {
  return page.locator("#app").getByRole("heading", { level: 1 });
}

function state(page: Page): Locator {
  return page.locator("main .head .state");
}

/** Reports as a visitor: one question a screen on a phone, all of them on a desktop. */
async function report(page: Page, title: string, email: string): Promise<void> {
  await page.goto(`${COMMUNITY}/report`);
  const forward = page.getByRole("button", { name: /^(Далі|Next|Надіслати|Send)$/ });
  const reach = async (field: Locator): Promise<void> => {
    if (!(await field.isVisible())) await forward.click();
  };
  await page.locator('input[type="file"]').setInputFiles(await photo(page));
  await expect(page.getByText(/ · (Фото|Photo)$/)).toBeVisible();
  const address = page.locator('input[name="place.address"]');
  await reach(address);
  await address.fill("Шкільна, 3");
  const name = page.locator('input[name="title"]');
  await reach(name);
  await name.fill(title);
  await page.locator('select[name="category"]').selectOption("lighting");
  const from = page.locator('input[name="email"]');
  await reach(from);
  await from.fill(email);
  await expectAccessible(page);
  await forward.click();
  await expect(heading(page)).toHaveText(/Залишився один крок|One step left/);
}

/** A photo: of the page itself, since any will do. */
async function photo(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  return { name: "photo.jpg", mimeType: "image/jpeg", buffer: await page.screenshot({ type: "jpeg" }) };
}

async function addTask(page: Page, title: string, sector: string): Promise<void> {
  const add = /^(Додати завдання|Add a task)$/;
  await page.getByRole("button", { name: add }).click();
  const form = page.getByRole("dialog");
  await form.locator('input[name="title"]').fill(title);
  await form.locator('select[name="sector"]').selectOption(sector);
  await press(page, add);
  await expect(page.getByRole("link", { name: title })).toBeVisible();
}

async function offer(page: Page, issue: string, title: string, sector: string, organisation: string): Promise<void> {
  await page.goto(issue);
  await page.getByRole("link", { name: title }).click();
  await expect(heading(page)).toHaveText(title);
  await page.getByRole("button", { name: /^(Запропонувати організації|Offer to an organisation)$/ }).click();
  const form = page.getByRole("dialog");
  // The sector wanted is chosen already.
  await expect(form.locator('select[name="sector"]')).toHaveValue(sector);
  await form.locator('select[name="organisation"]').selectOption(organisation);
  await expectAccessible(page);
  await press(page, /^(Запропонувати|Offer)$/);
  await expect(state(page)).toHaveText(/Запропоноване|Offered/);
}

/** What to press in the inbox, at the thing of this name. */
function waiting(page: Page, title: string, action: RegExp): Locator {
  const button = page.getByRole("button", { name: action }).or(page.getByRole("link", { name: action }));
  return page.getByRole("listitem").filter({ hasText: title }).filter({ has: button }).locator(button).first();
}

/** Presses in the open dialog, which closes when it was taken. */
async function press(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** A step that asks first, and says who will be told. */
async function step(page: Page, button: Locator, name: RegExp, reason?: string): Promise<void> {
  await button.click();
  await expect(page.getByRole("dialog")).toContainText(/дізна|be told/);
  if (reason) await page.getByRole("dialog").getByRole("textbox").fill(reason);
  await expectAccessible(page);
  await press(page, name);
}

/** From the inbox to the task, whose form is open there. */
async function finish(page: Page, title: string, note: string): Promise<void> {
  await waiting(page, title, DONE).click();
  const form = page.getByRole("dialog");
  await form.locator('textarea[name="note"]').fill(note);
  await form.locator('input[type="file"]').setInputFiles(await photo(page));
  await expect(form.getByText(/ · (Фото|Photo)$/)).toBeVisible();
  await press(page, /^(Позначити виконаним|Mark as done)$/);
  await expect(state(page)).toHaveText(/Виконане|Done/);
}

async function verify(page: Page, task: string): Promise<void> {
  const name = /^(Підтвердити виконання|Verify)$/;
  await page.goto(task);
  await step(page, page.getByRole("button", { name }), name);
  await expect(state(page)).toHaveText(/Перевірене|Verified/);
}

async function resolve(page: Page, issue: string, statement: string): Promise<void> {
  await page.goto(issue);
  await page.getByRole("button", { name: /^(Заявити, що вирішено|Say that it is solved)$/ }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(statement);
  await press(page, SEND);
  await expect(state(page)).toHaveText(/Вирішене|Solved/);
}
