import { rm } from "node:fs/promises";

/** Removes the data of the run's server. */
export default async function teardown(): Promise<void> {
  const data = process.env.SPILNO_TEST_DATA;
  if (data) await rm(data, { recursive: true, force: true });
}
