import { callsOf, report, signIn } from "../support/people.ts";
import { expect, expectAccessible, test } from "../support/test.ts";

test("who acts for both sides of an offer has it accepted at once", async ({ page }, info) => {
  // Each of the four browsers has an issue and an organisation of its own.
  const name = `Двірники ${info.project.name}`;
  const number = await report(page, "citizen", `Листя на доріжках, ${info.project.name}`);
  const call = await callsOf(page, "coordinator");
  const community = await call("GET", "/communities/kalynova");
  const organisation = await call("POST", "/organisations", {
    name: { uk: name },
    sector: "business",
    areas: [community.id],
  });
  await call("POST", `/communities/kalynova/organisations/${organisation.id}/verify`);
  const issue = await call("GET", `/communities/kalynova/issues/${number}`);
  await call("POST", `/issues/${issue.id}/accept`);
  const offered = await call("POST", `/issues/${issue.id}/tasks`, { title: "Прибрати листя" });
  const asked = await call("POST", `/issues/${issue.id}/tasks`, { title: "Вивезти листя" });
  const state = page.locator("main .head .state");
  const form = page.getByRole("dialog");
  const atOnce = form.locator('input[name="accept_at_once"]');

  await test.step("a coordinator offers a task to an organisation of their own", async () => {
    await signIn(page, "coordinator", `/c/kalynova/tasks/${offered.id}`);
    await page.getByRole("button", { name: /^(Запропонувати організації|Offer to an organisation)$/ }).click();
    await expect(form).toBeVisible();
    await expect(atOnce).toHaveCount(0);
    await form.locator('select[name="organisation"]').selectOption(organisation.id);
    await atOnce.check();
    await expect(form.locator('input[name="answer_by"]')).toHaveCount(0);
    await expectAccessible(page);
    await form.getByRole("button", { name: /^(Запропонувати й прийняти|Offer and accept)$/ }).click();
    await expect(form).toHaveCount(0);
    await expect(state).toHaveText(/Взяте|Accepted/);
  });

  await test.step("and takes another in its name", async () => {
    await page.goto(`/c/kalynova/tasks/${asked.id}`);
    await page.getByRole("button", { name }).click();
    await page.getByRole("button", { name: /^(Попросити для своєї організації|Ask for my organisation)$/ }).click();
    await atOnce.check();
    await expectAccessible(page);
    await form.getByRole("button", { name: /^(Взяти завдання|Take the task)$/ }).click();
    await expect(form).toHaveCount(0);
    await expect(state).toHaveText(/Взяте|Accepted/);
    await expect(page.locator("main .head .meta")).toContainText(name);
  });
});
