import { expect, expectAccessible, test } from "../support/test.ts";
import { callsOf, report, signIn } from "../support/people.ts";

test("a moderator works through the queue, and takes a step back", async ({ page, isMobile }, info) => {
  // Each of the four browsers triages its own report.
  const title = `Поламана лавка, ${info.project.name}`;
  const number = await report(page, "ngo", title);
  await signIn(page, "moderator", "/c/kalynova/triage");
  await expect(page.getByRole("banner")).toContainText(/Калинова громада|Kalynova community/);

  const row = page.locator(".triage-queue").getByRole("link", { name: title });
  const heading = page.getByRole("heading", { level: 2, name: title });
  await row.click();
  await expect(heading).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`at=${number}$`));
  await expectAccessible(page);

  // What has an inverse happens at once.
  if (isMobile) await page.getByRole("button", { name: /^(Прийняти|Accept)$/ }).click();
  else await page.keyboard.press("a");
  await expect(page.locator(".toast")).toContainText(new RegExp(`(№|No\\.) ${number}`));
  await expect(row).toHaveCount(0);
  if (isMobile) await page.getByRole("button", { name: /^(Повернути|Undo)$/ }).click();
  else await page.keyboard.press("u");
  await expect(heading).toBeVisible();

  // Moving it to another category can be undone as well.
  if (isMobile) await page.getByRole("button", { name: /^(Категорія|Category)$/ }).click();
  else await page.keyboard.press("c");
  await page.getByRole("dialog").getByRole("button", { name: /^(Освіта|Education)$/ }).click();
  await expect(page.locator(".triage-report .meta").first()).toContainText(/Освіта|Education/);

  // Declining is told to others, so it asks first.
  if (isMobile) await page.getByRole("button", { name: /^(Відхилити|Decline)$/ }).click();
  else await page.keyboard.press("d");
  const dialog = page.getByRole("dialog");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: /^(Відхилити|Decline)$/ }).click();
  await expect(dialog.getByRole("alert").first()).toBeVisible();
  await dialog.locator('select[name="reason"]').selectOption("already_in_order");
  await dialog.locator('textarea[name="words"]').fill("Лавку вже замінили.");
  await dialog.getByRole("button", { name: /^(Відхилити|Decline)$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator(".triage-queue").getByRole("link", { name: title })).toHaveCount(0);
});

test("a report stays in the queue when the step on it fails", async ({ page, isMobile }, info) => {
  const title = `Хиткий місток, ${info.project.name}`;
  const number = await report(page, "ngo", title);
  await signIn(page, "moderator", `/c/kalynova/triage?at=${number}`);
  const row = page.locator(".triage-queue li", { hasText: title });
  await expect(page.getByRole("heading", { level: 2, name: title })).toBeVisible();

  await page.context().setOffline(true);
  if (isMobile) await page.getByRole("button", { name: /^(Прийняти|Accept)$/ }).click();
  else await page.keyboard.press("a");
  await expect(page.locator(".toast")).toBeVisible();
  await expect(row).toHaveCount(1);
  await page.context().setOffline(false);
});

test("a report leaves the queue when somebody else is quicker", async ({ page }, info) => {
  const title = `Хитка лава, ${info.project.name}`;
  const number = await report(page, "ngo", title);
  const moderator = await callsOf(page, "moderator");
  const { id } = await moderator("GET", `/communities/kalynova/issues/${number}`);
  // The stream opens a moment after the page.
  const listening = page.waitForResponse((response) => response.url().includes("/api/v1/stream"));
  await signIn(page, "moderator", `/c/kalynova/triage?at=${number}`);
  const row = page.locator(".triage-queue li", { hasText: title });
  await expect(page.getByRole("heading", { level: 2, name: title })).toBeVisible();
  await listening;

  await moderator("POST", `/issues/${id}/accept`);
  await expect(row).toHaveCount(0);
});

test("who decides about a flagged comment has it in sight", async ({ page }, info) => {
  const title = `Розбита вітрина, ${info.project.name}`;
  const number = await report(page, "citizen", title);
  const citizen = await callsOf(page, "citizen");
  const issue = await citizen("GET", `/communities/kalynova/issues/${number}`);
  const comment = await citizen("POST", `/issues/${issue.id}/comments`, { text: "Це зробив *той самий* сусід" });
  await citizen("POST", "/flags", { thing: "comment", id: comment.id, reason: "accuses_person" });
  await signIn(page, "moderator", "/c/kalynova/triage");

  const flagged = page.locator(".triage-queue li", { hasText: title }).filter({ hasText: /Скарга|Flag/ });
  await flagged.getByRole("link").click();
  const looked = page.locator(".triage-report");
  await expect(looked.locator(".prose em")).toHaveText("той самий");
  await expect(looked.getByRole("button", { name: /^(Приховати|Hide)/ })).toBeVisible();
  await expectAccessible(page);

  // What is fit to be read stays, and nobody has to look at it again.
  await looked.getByRole("button", { name: /^(Залишити як є|Leave as it is)/ }).click();
  await expect(flagged).toHaveCount(0);
  await page.goto(`/c/kalynova/issues/${number}`);
  await expect(page.locator(".prose em")).toHaveText("той самий");
});

test("the keys are listed and can be done without", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has no keys");
  await signIn(page, "moderator", "/c/kalynova/triage");
  await expect(page.locator(".triage-queue")).toBeVisible();

  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator("kbd").first()).toHaveText("J");
  await expectAccessible(page);
  await dialog.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  const address = page.url();
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  await expect(dialog).toHaveCount(0);
  expect(page.url()).toBe(address);
});

test("triage is for those who may", async ({ page }) => {
  await signIn(page, "citizen", "/c/kalynova/triage");

  await expect(page.locator(".empty")).toContainText(/модераторів|moderators/);
  await expect(page.locator(".community-tabs").getByRole("link", { name: /^(Розбір|Triage)$/ })).toHaveCount(0);
  await expectAccessible(page);
});
