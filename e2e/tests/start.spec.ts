import { expect, expectAccessible, test } from "../support/test.ts";

test("the first page opens in the visitor's language and excludes nobody", async ({ page }) => {
  await page.goto("/");

  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const language = await page.evaluate(() => navigator.language.slice(0, 2));
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  await expectAccessible(page);
});
