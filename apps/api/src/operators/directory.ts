import { Operator, type OperatorId } from '@sala/contracts';
import type { Database } from '@sala/db';
import { type Bus, DESK } from '../bus/bus.ts';

/** How long a new colleague can go unnoticed by a server that did not hear of them. */
const FRESH_MS = 5_000;

/** The desk's operators, remembered for a moment: their names are asked for all the time. */
export class Directory {
  readonly #db: Database;
  readonly #clock: () => Date;
  #read: { at: number; operators: Promise<Operator[]> } | undefined;

  readonly #bus: Bus;
  readonly #unlisten: () => void;

  constructor({ db, clock, bus }: { db: Database; clock: () => Date; bus: Bus }) {
    this.#db = db;
    this.#clock = clock;
    this.#bus = bus;
    this.#unlisten = bus.listen('people', DESK, () => this.#forget());
  }

  /** Everybody, by name. */
  list(): Promise<Operator[]> {
    const now = this.#clock().getTime();
    if (!this.#read || now - this.#read.at > FRESH_MS) {
      const operators = this.#load();
      this.#read = { at: now, operators };
      operators.catch(() => this.#forget());
    }
    return this.#read.operators;
  }

  async has(operatorId: OperatorId): Promise<boolean> {
    return (await this.list()).some((operator) => operator.operatorId === operatorId);
  }

  /** A function from ids to names; an id that nobody has stands for itself. */
  async names(): Promise<(operatorId: OperatorId) => string> {
    const names = new Map((await this.list()).map(({ operatorId, name }) => [operatorId, name]));
    return (operatorId) => names.get(operatorId) ?? operatorId;
  }

  /** Somebody was added: on every server the next question is answered from the database. */
  tellAdded(operatorId: OperatorId): void {
    this.#bus.publish('people', DESK, { operatorId });
  }

  close(): void {
    this.#unlisten();
  }

  #forget(): void {
    this.#read = undefined;
  }

  async #load(): Promise<Operator[]> {
    const rows = await this.#db.prisma.operator.findMany({ orderBy: { name: 'asc' } });
    return rows.map(({ id, name, role }) => Operator.parse({ operatorId: id, name, role }));
  }
}
