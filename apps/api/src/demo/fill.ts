import { addOperator, setPassword } from '../auth/people.ts';
import type { Deps } from '../deps.ts';
import { CHANNEL } from './channel.ts';
import { OPERATORS, SHOP } from './people.ts';
import { seed } from './seed.ts';

/** Fills a desk that has no conversations yet, and names the channel. */
export async function fillOnce(
  deps: Deps,
  { password, pictures }: { password: string; pictures: string },
): Promise<void> {
  const { id: channelId, secret, accessToken } = CHANNEL;
  await deps.channels.put({ channelId, secret, accessToken });
  await deps.channels.introduce(channelId, { name: SHOP, botUserId: CHANNEL.botUserId });
  const ids = new Map<string, string>();
  for (const { key, name, role } of OPERATORS) {
    const email = emailOf(key);
    // The password that is printed is the one that works, also on a desk that is already there.
    if (!(await addOperator(deps, { name, role, password, email }))) await setPassword(deps, email, password);
    ids.set(key, (await deps.db.prisma.operator.findUniqueOrThrow({ where: { email } })).id);
  }
  if ((await deps.db.prisma.conversation.count()) > 0) return;
  const pictureOf = (lineId: string) => `${pictures}/_sim/portraits/${lineId}.svg`;
  await seed({ ...deps, channelId: CHANNEL.id, idOf: (key) => ids.get(key)!, pictureOf });
}

export const emailOf = (key: string) => `${key}@sala.example`;
