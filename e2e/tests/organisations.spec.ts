import { expect, expectAccessible, test } from "../support/test.ts";
import { mailedLink, signIn } from "../support/people.ts";

test("an organisation registers, is verified, and invites somebody by mail", async ({ page, browser }, info) => {
  // Each of the four browsers registers its own.
  const name = `Майстерня ${info.project.name}`;
  const invited = `workshop-${info.project.name.replaceAll(/[^a-z]+/g, "-")}@example.org`;
  const options = { locale: info.project.use.locale, baseURL: info.project.use.baseURL, reducedMotion: "reduce" as const };

  await signIn(page, "citizen", "/organisations/new?community=kalynova");
  const register = page.getByRole("button", { name: /^(Зареєструвати|Register)$/ });
  await expect(page.locator(".pill.on")).toHaveCount(1);
  await register.click();
  await expect(page.locator('input[name="name"]')).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.locator('input[name="name"]').fill(name);
  await page.locator('select[name="sector"]').selectOption("business");
  await page.locator('textarea[name="description"]').fill("Ремонтуємо те, що ще послужить.");
  await register.click();

  // Whom one acts for stays in sight.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.locator(".acting-chip:visible")).toContainText(name);
  await expectAccessible(page);
  const address = new URL(page.url()).pathname;

  await page.locator('input[name="email"]').fill(invited);
  await page.locator('select[name="role"]').selectOption("editor");
  await page.getByRole("button", { name: /^(Надіслати запрошення|Send the invitation)$/ }).click();
  await expect(page.getByText(invited).first()).toBeVisible();

  const coordinates = await browser.newContext(options);
  const coordinator = await coordinates.newPage();
  await signIn(coordinator, "coordinator", "/c/kalynova/organisations?verification=unverified");
  const row = coordinator.locator(".rows li", { hasText: name });
  await row.getByRole("button", { name: /^(Підтвердити|Verify)$/ }).click();
  await expect(coordinator.locator(".toast")).toContainText(name);
  await expectAccessible(coordinator);
  await coordinates.close();

  const joins = await browser.newContext(options);
  const newcomer = await joins.newPage();
  const link = await mailedLink(newcomer, invited);
  await newcomer.goto(link);
  await expect(newcomer.locator("#app").getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(newcomer);
  await newcomer.getByRole("button", { name: /^(Прийняти запрошення|Accept the invitation)$/ }).click();
  await newcomer.waitForURL(`**${address}`);
  await expect(newcomer.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(newcomer.locator(".meta").first()).toContainText(/Редактор|Editor/);
  await joins.close();

  // The link works once, and says what to do then.
  const again = await browser.newContext(options);
  const late = await again.newPage();
  await late.goto(link);
  await late.getByRole("button", { name: /^(Прийняти запрошення|Accept the invitation)$/ }).click();
  await expect(late.getByRole("alert").first()).toContainText(/Посилання вже не діє|no longer valid/);
  await again.close();
});

for (const path of ["/c/kalynova/organisations", "/organisations/new", "/m", "/m#invitation.none", "/m#report.none", "/m#join.none"]) {
  test(`${path} excludes nobody`, async ({ page }) => {
    await page.goto(path);

    await expect(page.locator("#app").getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await expectAccessible(page);
  });
}

for (const tab of ["", "?tab=categories", "?tab=people", "?tab=categories&dialog=category"]) {
  test(`the settings exclude nobody: ${tab || "the community"}`, async ({ page }) => {
    await signIn(page, "coordinator", `/c/kalynova/settings${tab}`);

    await expect(page.locator('[role="tabpanel"]').locator("form, .rows").first()).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await expectAccessible(page);
  });
}
