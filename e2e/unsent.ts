import { expect, type Page } from '@playwright/test';
import { box, log } from './people.ts';

/** What has been written in the open room and not been sent. */
export const unsent = (page: Page) => log(page).locator('[data-unsent]');

/** Writes in the open room, whether it can be sent or not. */
export async function writes(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press('Enter');
  await expect(box(page)).toHaveValue('');
}

/** Coming back takes as long as the pause between two tries, at the worst. */
export const BACK = { timeout: 45_000 };
