import { expect, expectAccessible, test } from "../support/test.ts";
import type { Page } from "@playwright/test";

const PASSWORD = process.env.SPILNO_DEMO_PASSWORD ?? "demo-spilno-2026";

async function signIn(page: Page, who: string, next: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.locator('input[name="email"]').fill(`${who}@demo.spilno.example`);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.getByRole("button", { name: /^(Увійти|Sign in)$/ }).click();
  await page.waitForURL(`**${next}`);
}

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
