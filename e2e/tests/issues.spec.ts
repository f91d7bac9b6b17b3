import { report, signIn } from "../support/people.ts";
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
  await page.getByRole("link", { name: /^(Відкрити питання|Open the issue)$/ }).click();
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
});
