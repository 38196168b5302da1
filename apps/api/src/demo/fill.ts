import { addOperator } from '../auth/people.ts';
import type { Deps } from '../deps.ts';
import { CHANNEL } from './channel.ts';
import { OPERATORS, SHOP } from './people.ts';
import { seed } from './seed.ts';

type Auth = Parameters<typeof addOperator>[1];

/** Fills a desk that has no conversations yet, and names the channel. */
export async function fillOnce(
  deps: Deps,
  auth: Auth,
  { password, pictures }: { password: string; pictures: string },
): Promise<void> {
  const { id: channelId, secret, accessToken } = CHANNEL;
  await deps.channels.put({ channelId, secret, accessToken });
  await deps.channels.introduce(channelId, { name: SHOP, botUserId: CHANNEL.botUserId });
  const ids = new Map<string, string>();
  for (const { key, name, role } of OPERATORS) {
    ids.set(key, await addOperator(deps, auth, { name, role, password, email: emailOf(key) }));
  }
  if ((await deps.db.prisma.conversation.count()) > 0) return;
  const pictureOf = (lineId: string) => `${pictures}/_sim/portraits/${lineId}.svg`;
  await seed({ ...deps, channelId: CHANNEL.id, idOf: (key) => ids.get(key)!, pictureOf });
}

export const emailOf = (key: string) => `${key}@sala.example`;
