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

/** Calls the API as one of the demo's people. */
export async function callsOf(page: Page, who: string): Promise<Calls> {
  const session = await page.request.post("/api/v1/sessions", {
    data: { email: `${who}@demo.spilno.example`, password: PASSWORD },
  });
  const { access_token } = (await session.json()) as { access_token: string };
  return async (method, path, data, headers = {}) => {
    const answer = await page.request.fetch(`/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${access_token}`, ...headers },
      ...(data === undefined ? {} : { data }),
    });
    expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBeTruthy();
    return (answer.status() === 204 ? {} : await answer.json()) as Answered;
  };
}

type Calls = (method: string, path: string, data?: object, headers?: Record<string, string>) => Promise<Answered>;

/** What the tests read of an answer. */
interface Answered {
  id: string;
  number: number;
}

/** Reports an issue as one of the demo's people, each of whom may thirty times an hour; answers its number. */
export async function report(page: Page, who: string, title: string): Promise<number> {
  const call = await callsOf(page, who);
  const { number } = await call("POST", "/communities/kalynova/issues", {
    title,
    category: "green-spaces",
    place: { address: "Парк" },
  });
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
