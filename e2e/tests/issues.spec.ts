import { callsOf, report, signIn } from "../support/people.ts";
import { expect, expectAccessible, test } from "../support/test.ts";

for (const path of ["/c/kalynova", "/c/kalynova/issues", "/c/kalynova/issues/5", "/c/kalynova/report", "/sign-in"]) {
  test(`${path} excludes nobody`, async ({ page }) => {
    await page.goto(path);

    await expect(page.locator("#app").getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await expectAccessible(page);
  });
}

test("a resident reports an issue and a moderator accepts it", async ({ page, browser }, info) => {
  // Each of the four browsers reports its own.
  const title = `Зламана гойдалка, ${info.project.name}`;
  await signIn(page, "citizen", "/c/kalynova/report");
  const forward = page.getByRole("button", { name: /^(Далі|Next|Надіслати|Send)$/ });

  // One question a screen on a phone, all of them on a desktop.
  const address = page.locator('input[name="place.address"]');
  if (!(await address.isVisible())) await forward.click();
  await address.fill("Парк, біля входу");
  const name = page.locator('input[name="title"]');
  if (!(await name.isVisible())) await forward.click();
  await name.fill(title);
  await page.locator('select[name="category"]').selectOption("green-spaces");
  if ((await forward.innerText()).match(/Далі|Next/)) await forward.click();
  await forward.click();
  const open = page.getByRole("link", { name: /^(Відкрити питання|Open the issue)$/ });
  await expect(open).toBeVisible();
  // A reload shows what was sent, and no empty form.
  await page.reload();
  await open.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  const address_of_issue = new URL(page.url()).pathname;

  const context = await browser.newContext({ locale: info.project.use.locale });
  const moderator = await context.newPage();
  await signIn(moderator, "moderator", address_of_issue);
  await moderator.getByRole("button", { name: /^(Прийняти|Accept)$/ }).click();
  await expect(moderator.locator("main .head .state")).toHaveText(/Відкрите|Open/);
  await expectAccessible(moderator);
  await context.close();
});

test("on a phone a question is answered before the next is asked", async ({ page, isMobile }) => {
  test.skip(!isMobile, "a desktop shows all of them");
  await page.goto("/c/kalynova/report?step=2");
  const forward = page.getByRole("button", { name: /^(Далі|Next)$/ });
  const address = page.locator('input[name="place.address"]');
  await expect(page.getByText(/^(Крок 2 із 4|Step 2 of 4)$/)).toBeVisible();
  await forward.click();
  await expect(address).toHaveAttribute("aria-invalid", "true");
  await expect(address).toBeFocused();
  await address.fill("Парк, біля входу");
  await forward.click();
  await expect(page.getByText(/^(Крок 3 із 4|Step 3 of 4)$/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: /^(Що сталося\?|What is it\?)$/ })).toBeFocused();
  await expectAccessible(page);
});

test("an author changes a comment in place, and deletes it after a question", async ({ page }, info) => {
  const number = await report(page, "citizen", `Гойдалка без спинки, ${info.project.name}`);
  await signIn(page, "citizen", `/c/kalynova/issues/${number}`);
  const comments = page.locator("#comments");
  const comment = comments.locator(".rows > li");
  await comments.locator('textarea[name="text"]').fill("Сфотографую завтра");
  await comments.getByRole("button", { name: /^(Надіслати|Send)$/ }).click();
  await expect(comment).toContainText("Сфотографую завтра");

  const edit = comment.getByRole("button", { name: /^(Змінити|Edit)$/ });
  const save = comment.getByRole("button", { name: /^(Зберегти|Save)$/ });
  await edit.click();
  const field = comment.getByRole("textbox");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("Сфотографую завтра");
  await field.fill(" ");
  await save.click();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await field.fill("Сфотографую **сьогодні**");
  await save.click();
  await expect(comment.locator("strong")).toHaveText("сьогодні");
  await expect(comment).toContainText(/змінено|edited/);
  await expect(edit).toBeFocused();

  const remove = /^(Видалити|Delete)$/;
  await comment.getByRole("button", { name: remove }).click();
  await expect(page.getByRole("dialog")).toContainText("90");
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: remove }).click();
  await expect(comment).toContainText(/Коментар видалено|The comment was deleted/);
  await expect(comment.getByRole("button")).toHaveCount(0);
  await expect(comment).toBeFocused();
  await expect(page.locator(".story")).toContainText(/Коментар видалено|Comment deleted/);

  // A moderator can still read what it said.
  await page.context().clearCookies();
  await signIn(page, "moderator", `/c/kalynova/issues/${number}`);
  await comment.getByRole("button", { name: /^(Що було написано раніше|What it said before)$/ }).click();
  await expect(comment.locator(".prose")).toHaveText(["Сфотографую сьогодні", "Сфотографую завтра"]);
  await expectAccessible(page);
});

test("a reporter sets a report right; whoever comes second looks again", async ({ page }, info) => {
  const title = `Зламаний паркан, ${info.project.name}`;
  const number = await report(page, "citizen", title);
  const address = `/c/kalynova/issues/${number}`;
  await signIn(page, "citizen", address);
  const heading = page.locator("#app").getByRole("heading", { level: 1 });
  const open = page.getByRole("button", { name: /^(Змінити питання|Edit the issue)$/ });
  const form = page.getByRole("dialog");
  const save = form.getByRole("button", { name: /^(Зберегти|Save)$/ });

  await open.click();
  await expect(page).toHaveURL(/dialog=edit/);
  await expect(form.locator('input[name="title"]')).toHaveValue(title);
  await expect(form.locator('select[name="category"]')).toHaveValue("green-spaces");
  await form.locator('input[name="title"]').fill("");
  await save.click();
  await expect(form.locator('input[name="title"]')).toBeFocused();
  await expectAccessible(page);
  await form.locator('input[name="title"]').fill(`${title}, біля школи`);
  await form.locator('select[name="category"]').selectOption("education");
  await form.locator('input[name="place.address"]').fill("Шкільна, 3");
  await form.locator('input[name="affected"][value="children"]').check();
  await save.click();
  await expect(form).toHaveCount(0);
  await expect(heading).toHaveText(`${title}, біля школи`);
  await expect(page.locator(".head .meta")).toContainText(/Освіта|Education/);
  await expect(page.locator("aside")).toContainText("Шкільна, 3");
  await expect(page.locator("aside")).toContainText(/Діти|Children/);

  // Somebody else is quicker.
  await open.click();
  await expect(form.locator('input[name="title"]')).toHaveValue(`${title}, біля школи`);
  const moderator = await callsOf(page, "moderator");
  const { id } = await moderator("GET", `/communities/kalynova/issues/${number}`);
  await moderator("PATCH", `/issues/${id}`, { description: "Огорожа лежить на стежці." }, { "If-Match": "*" });
  await form.locator('input[name="title"]').fill(title);
  await save.click();
  await expect(form.getByRole("alert").first()).toContainText(/вже змінив|змінив|has changed/i);
  await expectAccessible(page);
});

test("a dialog of the address reads nothing of the page again", async ({ page }, info) => {
  const number = await report(page, "citizen", `Темний двір, ${info.project.name}`);
  await signIn(page, "citizen", `/c/kalynova/issues/${number}`);
  // Who is signed in is found out by the cookie.
  await page.reload();
  await expect(page.locator(".story")).toBeVisible();
  await page.waitForLoadState("networkidle");
  const read: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === "GET" && pathname.startsWith("/api/")) read.push(pathname);
  });

  await page.getByRole("button", { name: /^(Змінити питання|Edit the issue)$/ }).click();
  const form = page.getByRole("dialog");
  await expect(form.locator('select[name="category"]')).toHaveValue("green-spaces");
  await page.goBack();
  await expect(form).toHaveCount(0);
  await page.goForward();
  await expect(form).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(form).toHaveCount(0);

  // What the form itself offers to choose from, and what the header hears of others.
  const others = ["/categories", "/inbox", "/stream"];
  expect(read.filter((path) => !others.some((other) => path.endsWith(other)))).toEqual([]);
});
