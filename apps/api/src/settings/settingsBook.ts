import { type ChangeDeskSettings, DeskSettings } from '@sala/contracts';
import type { Database } from '@sala/db';
import { type Bus, DESK } from '../bus/bus.ts';

/** How long a change can go unnoticed by a server that did not hear of it. */
const FRESH_MS = 5_000;

/** The desk's settings, remembered for a moment: who sees what is asked with every call. */
export class SettingsBook {
  readonly #db: Database;
  readonly #clock: () => Date;
  readonly #bus: Bus;
  readonly #unlisten: () => void;
  #read: { at: number; settings: Promise<DeskSettings> } | undefined;

  constructor({ db, clock, bus }: { db: Database; clock: () => Date; bus: Bus }) {
    this.#db = db;
    this.#clock = clock;
    this.#bus = bus;
    this.#unlisten = bus.listen('settings', DESK, () => this.#forget());
  }

  get(): Promise<DeskSettings> {
    const now = this.#clock().getTime();
    if (!this.#read || now - this.#read.at > FRESH_MS) {
      const settings = this.#load();
      this.#read = { at: now, settings };
      settings.catch(() => this.#forget());
    }
    return this.#read.settings;
  }

  /** Only what is named changes. Every server reads them anew. */
  async change(change: ChangeDeskSettings): Promise<void> {
    for (const [name, value] of Object.entries(change)) {
      await this.#db.prisma.setting.upsert({ where: { name }, create: { name, value }, update: { value } });
    }
    this.#bus.publish('settings', DESK, { changed: true });
  }

  close(): void {
    this.#unlisten();
  }

  #forget(): void {
    this.#read = undefined;
  }

  async #load(): Promise<DeskSettings> {
    const rows = await this.#db.prisma.setting.findMany({ where: { name: { in: Object.keys(DeskSettings.shape) } } });
    return DeskSettings.parse(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
  }
}
