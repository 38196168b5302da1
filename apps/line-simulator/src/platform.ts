import { Faults } from './faults/faults.ts';
import { Weather } from './faults/conditions.ts';
import { createIds, type Ids } from './ids.ts';
import { Live } from './live.ts';
import { WireLog } from './wire-log.ts';
import { Channels } from './world/channels.ts';
import { Chats } from './world/chats.ts';
import { Contents } from './world/contents.ts';
import { Deliveries } from './world/deliveries.ts';
import { People } from './world/people.ts';
import { ReplyTokens } from './world/reply-tokens.ts';
import { RetryKeys } from './world/retry-keys.ts';

/** Everything the pretend LINE knows and remembers. It lives in memory and ends with the process. */
export type Platform = {
  /** Milliseconds since 1970. */
  clock: () => number;
  ids: Ids;
  live: Live;
  channels: Channels;
  people: People;
  chats: Chats;
  contents: Contents;
  replyTokens: ReplyTokens;
  retryKeys: RetryKeys;
  deliveries: Deliveries;
  faults: Faults;
  weather: Weather;
  wire: WireLog;
  /** Aborts when the simulator closes: whatever waits, stops. */
  lifetime: AbortSignal;
};

export function createPlatform(clock: () => number, lifetime: AbortSignal): Platform {
  const live = new Live();
  const ids = createIds(clock);
  return {
    clock,
    ids,
    live,
    channels: new Channels(),
    people: new People(ids),
    chats: new Chats(live),
    contents: new Contents(),
    replyTokens: new ReplyTokens(),
    retryKeys: new RetryKeys(),
    deliveries: new Deliveries(live),
    faults: new Faults(live),
    weather: new Weather(live),
    wire: new WireLog(live),
    lifetime,
  };
}
