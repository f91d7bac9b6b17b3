import { expect, type Page } from "@playwright/test";

const PASSWORD = process.env.SPILNO_DEMO_PASSWORD ?? "demo-spilno-2026";

/** Signs in as one of the demo's people and goes to a page. */
export async function signIn(page: Page, who: string, next: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.locator('input[name="email"]').fill(`${who}@demo.spilno.example`);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.getByRole("button", { name: /^(Увійти|Sign in)$/ }).click();
  await page.waitForURL((url) => url.pathname + url.search === next);
}

/** Reports an issue as one of the demo's people, and answers its number. */
export async function report(page: Page, who: string, title: string): Promise<number> {
  const session = await page.request.post("/api/v1/sessions", {
    data: { email: `${who}@demo.spilno.example`, password: PASSWORD },
  });
  const { access_token } = (await session.json()) as { access_token: string };
  const reported = await page.request.post("/api/v1/communities/kalynova/issues", {
    headers: { Authorization: `Bearer ${access_token}` },
    data: { title, category: "green-spaces", place: { address: "Парк" } },
  });
  expect(reported.status()).toBe(201);
  const { number } = (await reported.json()) as { number: number };
  return number;
}

/** The link of the latest letter to an address, from the demo's list of letters. */
export async function mailedLink(page: Page, to: string): Promise<string> {
  const letter = page.locator("li", { hasText: to }).first().getByRole("link");
  await expect(async () => {
    await page.goto("/demo/mail");
    await expect(letter).toBeVisible({ timeout: 500 });
  }).toPass();
  await letter.click();
  const link = await page.locator('a[href*="/m#"]').first().getAttribute("href");
  expect(link).toBeTruthy();
  return link ?? "";
}
