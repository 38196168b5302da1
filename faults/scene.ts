import { setTimeout as pause } from 'node:timers/promises';
import type { Customer } from '@sala/line-simulator';
import type { Account, Finding } from './account.ts';
import { flood, keepSpeaking, redeliverUnknown, say } from './customers.ts';
import { FollowedDesk, FollowedList, FollowedMembers, FollowedRoom } from './following.ts';
import { Ledger } from './ledger.ts';
import { claim, keepWorking, send } from './people.ts';
import type { Random } from './random.ts';
import { ORIGIN } from './signIn.ts';
import type { Stage } from './stage.ts';
import { type Person, Tab } from './tab.ts';
import { owed, readRecorded, retried, wrongCounters } from './truth.ts';
import { until, within } from './waiting.ts';

const CUSTOMERS = 5;

/** A scene that is not set by then never will be. */
const OPEN_WITHIN_MS = 60_000;

/** Every asking ends within a minute. */
const CALM_WITHIN_MS = 90_000;

/** LINE's waits between redeliveries, shortened: a desk that is back hears soon what it missed. */
const REDELIVERIES_MS = [300, 700, ...Array.from({ length: 18 }, () => 2_000)];

/** After how many milliseconds every tab showed what a customer said and what an operator sent, and saw who is there. */
export type Probed = { said: number; sent: number; seen: number };

/** A tab with everything that it follows. */
export type OpenTab = {
  tab: Tab;
  rooms: FollowedRoom[];
  list: FollowedList;
  desk: FollowedDesk;
  members: FollowedMembers;
};

/** Customers who write, operators who answer, and the ledger of both: what a scenario is played upon. */
export class Scene {
  readonly stage: Stage;
  readonly random: Random;
  readonly ledger = new Ledger();
  readonly tabs: OpenTab[] = [];
  readonly #customers: Customer[] = [];
  readonly #ending = new AbortController();
  #ids: string[] = [];
  #probes = 0;
  readonly #traffic = new Map<string, Promise<void>>();
  #lastDelivery = 0;

  constructor(stage: Stage, random: Random) {
    this.stage = stage;
    this.random = random;
  }

  /** Everybody takes their place: customers who wait, and two tabs of each operator, the second behind the proxies. */
  async open(): Promise<void> {
    const { simulator, people, servers, toServers } = this.stage;
    await this.fairWeather();
    this.#lastDelivery = (await simulator.line.deliveries()).at(-1)?.seq ?? 0;
    for (let number = 0; number <= CUSTOMERS; number += 1) {
      const customer = await simulator.line.customer({ displayName: number === 0 ? 'Probe' : `Customer ${number}` });
      this.#customers.push(customer);
      await say(this.ledger, customer, 'human');
    }
    this.#ids = await this.#conversations();
    const direct = () => servers.map(({ port }) => port);
    const proxied = () => toServers.map(({ port }) => port);
    await Promise.all([
      ...people.map((person) => this.#openTab(`${person.name} 1`, { person, ports: direct })),
      ...people.map((person) => this.#openTab(`${person.name} 2`, { person, ports: proxied })),
    ]);
    const [prober] = this.tabs;
    await claim(prober!.tab, this.ledger, prober!.rooms[0]!);
  }

  /** LINE has no faults planned, and sends again what is not acknowledged. */
  async fairWeather(): Promise<void> {
    const { line } = this.stage.simulator;
    await line.calm();
    await line.conditions({ redelivery: true, redeliveryScheduleMs: REDELIVERIES_MS });
  }

  async #openTab(
    name: string,
    { person, ports, isLate = false }: { person: Person; ports: () => readonly number[]; isLate?: boolean },
  ): Promise<Tab> {
    const tab = new Tab({ name, person, origin: ORIGIN, ports, random: this.random.branch() });
    const rooms = await Promise.all(
      this.#ids.map((id) => (isLate ? FollowedRoom.openEmpty(tab, id) : FollowedRoom.open(tab, id))),
    );
    const members = new FollowedMembers(tab, this.#ids[0]!);
    this.tabs.push({ tab, rooms, list: new FollowedList(tab, 'all'), desk: new FollowedDesk(tab), members });
    return tab;
  }

  /** A tab that opens after a customer has written `count` messages more, and knows nothing of any room. */
  async lateTab(count: number): Promise<Tab> {
    const { people, servers } = this.stage;
    await flood(this.ledger, { customer: this.#customers.at(-1)!, line: this.stage.simulator.line, count });
    const person = people.at(-1)!;
    return this.#openTab(`${person.name} late`, { person, ports: () => servers.map(({ port }) => port), isLate: true });
  }

  /** The conversations of the customers, in their order, once the desk has recorded them all. */
  async #conversations(): Promise<string[]> {
    let ids: (string | undefined)[] = [];
    const areThere = async () => {
      const { conversations } = await readRecorded(this.stage.postgres, this.#lineIds);
      ids = this.#lineIds.map(
        (id) => conversations.find(({ lineId, lastSeq }) => lineId === id && lastSeq > 0)?.conversationId,
      );
      return !ids.includes(undefined);
    };
    await until(areThere, OPEN_WITHIN_MS, 'every conversation');
    return ids as string[];
  }

  /** Customers write and operators work from here on; the probe's conversation is left to the probe. */
  begin(): void {
    const { ledger } = this;
    const { signal } = this.#ending;
    const colleagues = this.stage.people.map(({ operatorId }) => operatorId);
    for (const customer of this.#customers.slice(1)) {
      const random = this.random.branch();
      this.#watch(customer.displayName, keepSpeaking(customer, { ledger, until: signal, random }));
    }
    for (const { tab, rooms } of this.tabs) {
      const random = this.random.branch();
      this.#watch(tab.name, keepWorking({ tab, rooms: rooms.slice(1), colleagues, ledger, until: signal, random }));
    }
  }

  /** Remembers who is still at it. */
  #watch(name: string, work: Promise<void>): void {
    const ended = work.then(() => void this.#traffic.delete(name));
    ended.catch(() => undefined); // `calm` hears of it
    this.#traffic.set(name, ended);
  }

  /** Ends the traffic; what is unknown is asked until it is known. */
  async calm(): Promise<void> {
    this.#ending.abort();
    await within(
      CALM_WITHIN_MS,
      () => `the end of ${[...this.#traffic.keys()].join(', ')}`,
      Promise.all(this.#traffic.values()),
    );
    await redeliverUnknown(this.ledger, this.stage.simulator.line);
  }

  /** One customer's message and one operator's answer, until every tab shows both and sees who is there. Gives up at `withinMs`. */
  async probe(withinMs: number): Promise<Probed> {
    const begun = performance.now();
    const text = `probe ${(this.#probes += 1)}`;
    const { tab, rooms } = this.tabs[0]!;
    const { conversationId } = rooms[0]!;
    const answer = `answer to ${text}`;
    const isThrough = {
      said: () => this.tabs.every(({ rooms: [room] }) => room!.hasText(text)),
      sent: () => this.tabs.every(({ rooms: [room] }) => room!.hasText(answer)),
      seen: () => this.#isPresenceRight(),
    };
    const asked = Promise.all([
      say(this.ledger, this.#customers[0]!, text),
      send(tab, { ledger: this.ledger, conversationId, text: answer }),
    ]);
    const look = async (isSo: () => boolean) => {
      while (!isSo() && performance.now() - begun < withinMs) await pause(20);
      return performance.now() - begun;
    };
    const [said, sent, seen] = await Promise.all([look(isThrough.said), look(isThrough.sent), look(isThrough.seen)]);
    await asked;
    return { said, sent, seen };
  }

  /** A message and an answer, each at the first try: what has to work although something is away. */
  async worksAtOnce(): Promise<Finding[]> {
    const text = `meanwhile ${(this.#probes += 1)}`;
    const { tab, rooms } = this.tabs[0]!;
    const [said, sent] = await Promise.all([
      say(this.ledger, this.#customers[0]!, text),
      send(tab, { ledger: this.ledger, conversationId: rooms[0]!.conversationId, text: `answer to ${text}` }),
    ]);
    return [said, sent]
      .filter(({ tries: [first] }) => first?.is !== 'ok')
      .map(({ kind, tries }) => ({ kind: 'late', what: `${kind} did not work meanwhile: ${JSON.stringify(tries)}` }));
  }

  /** A webhook that cannot be kept must not be acknowledged. */
  async isNotAcknowledged(): Promise<Finding[]> {
    const said = await say(this.ledger, this.#customers[0]!, `into the dark ${(this.#probes += 1)}`);
    return said.tries[0]!.is === 'ok' ? [{ kind: 'lost', what: `"${said.text}" was acknowledged and not kept` }] : [];
  }

  /** The guest comes to one server alone, and is seen. Answers their tab. */
  async guestAt(port: number): Promise<Tab> {
    const { guest } = this.stage;
    const tab = new Tab({
      name: 'Guest',
      person: guest,
      origin: ORIGIN,
      ports: () => [port],
      random: this.random.branch(),
    });
    const desk = new FollowedDesk(tab);
    const isSeen = () => [desk, ...this.tabs.map((open) => open.desk)].every((one) => one.sees(guest.operatorId));
    await until(isSeen, OPEN_WITHIN_MS, 'the guest to be seen');
    return tab;
  }

  /** Whether, before time is up, everybody sees exactly who is there. */
  async isPresenceRightWithin(ms: number): Promise<boolean> {
    const end = performance.now() + ms;
    while (!this.#isPresenceRight() && performance.now() < end) await pause(50);
    return this.#isPresenceRight();
  }

  #isPresenceRight(): boolean {
    return this.#presence().every(({ seen, there }) => seen.toSorted().join() === there.toSorted().join());
  }

  #presence() {
    const there = this.stage.people.map(({ operatorId }) => operatorId);
    return this.tabs.flatMap(({ desk, members }) => [desk.account(there), members.account(there)]);
  }

  /** Resolves when LINE has taken whatever it did not take at once. */
  async untilNoneIsRetried(): Promise<void> {
    const isNone = async () => (await retried(this.stage.postgres, this.#lineIds)) === 0;
    await until(isNone, CALM_WITHIN_MS, 'LINE to take what it refused');
  }

  /** Whether everything acknowledged has gone its way, and every room on every screen is at the end of its log. */
  async isQuiet(): Promise<boolean> {
    if ((await owed(this.stage.postgres, this.#lineIds)) > 0) return false;
    const { conversations } = await readRecorded(this.stage.postgres, this.#lineIds);
    const lastSeq = new Map(conversations.map((one) => [one.conversationId, one.lastSeq]));
    return this.tabs.every(({ rooms }) => rooms.every((room) => room.view.seq === lastSeq.get(room.conversationId)));
  }

  get #lineIds(): string[] {
    return this.#customers.map(({ userId }) => userId);
  }

  /** The four accounts, as they are now. */
  async account(): Promise<Account> {
    const rooms = await Promise.all(this.tabs.flatMap((open) => open.rooms.map((room) => room.account())));
    const lists = await Promise.all(this.tabs.map(({ list }) => list.account()));
    return { ...(await this.accountOfDesk()), rooms, lists, presence: this.#presence() };
  }

  /** The accounts that last: those of the driver, the database and the phone. */
  async accountOfDesk(): Promise<Account> {
    const recorded = await readRecorded(this.stage.postgres, this.#lineIds);
    const ours = new Set(this.#lineIds);
    const deliveries = await this.stage.simulator.line.deliveries({ after: this.#lastDelivery });
    const delivered = deliveries
      .filter(({ userId }) => ours.has(userId))
      .flatMap(({ userId, retryKey, messages }) =>
        messages.map(({ id, text }) => ({ userId, retryKey, lineMessageId: id, text: String(text) })),
      );
    return { ledger: this.ledger, recorded, delivered, rooms: [], lists: [], presence: [] };
  }

  /** Faults where a refusal was due: of calls, of streams; and counters that are wrong. */
  async untyped(): Promise<Finding[]> {
    const calls = this.ledger.stimuli.flatMap(({ kind, tries }) =>
      tries.flatMap((one) => (one.is === 'unknown' && one.why.startsWith('INTERNAL') ? [`${kind}: ${one.why}`] : [])),
    );
    const streams = this.tabs.flatMap(({ tab }) => tab.faults);
    return [
      ...[...calls, ...streams].map((what): Finding => ({ kind: 'untyped', what })),
      ...(await wrongCounters(this.stage.postgres)).map((what): Finding => ({ kind: 'differs', what })),
    ];
  }

  close(): void {
    for (const { tab } of this.tabs) tab.close();
  }
}
