import {
  type AcceptInvitation,
  type Invitation,
  INVITATION_HOURS,
  type Invite,
  type Invited,
  type LinkMeant,
  may,
  type OneInvitation,
  refuse,
  Role,
} from '@sala/contracts';
import { hashPassword } from '../auth/password.ts';
import type { Caller } from '../deps.ts';
import type { Visitor } from '../trpc/trpc.ts';
import { taken, writeOperator } from './people.ts';
import { linkMeant, type LinkRow, makeLink, redeem } from './links.ts';

/** More open invitations are not shown: whoever has more withdraws some. */
const MAX_INVITATIONS = 500;

const GOOD_FOR_MS = INVITATION_HOURS * 3_600_000;

/** Invites somebody by a link: mailed where mail is set up, and told to the caller. @throws NOT_ALLOWED, INVALID when the address is taken */
export async function invite(caller: Caller, { email, name, role }: Invite): Promise<Invited> {
  const { db, operator, mail, log } = caller;
  if (!may(operator, 'operators.manage')) refuse({ code: 'NOT_ALLOWED' });
  if (await db.prisma.operator.findUnique({ where: { email } })) taken();
  const createdBy = operator.operatorId;
  const { row, url } = await makeLink(caller, {
    kind: 'invitation',
    email,
    name,
    role,
    operatorId: null,
    createdBy,
    goodForMs: GOOD_FOR_MS,
  });
  const letter = { to: email, subject: 'You are invited to Sala', text: letterOf(operator.name, url) };
  const mailed = await (mail?.send(letter) ?? Promise.reject()).then(
    () => true,
    (error?: unknown) => {
      if (error) log.error({ err: error }, 'an invitation could not be mailed');
      return false;
    },
  );
  await caller.audit.write(caller, {
    action: 'account.invited',
    subject: subjectOf(row),
    after: { name, role, mailed },
  });
  return { invitation: viewOf(row), link: url, mailed };
}

/** Those who were invited and have not come, the newest first. @throws NOT_ALLOWED */
export async function invitations({ db, clock, operator }: Caller): Promise<Invitation[]> {
  if (!may(operator, 'operators.manage')) refuse({ code: 'NOT_ALLOWED' });
  const rows = await db.prisma.link.findMany({
    where: { kind: 'invitation', usedAt: null, expiresAt: { gt: clock() } },
    orderBy: { createdAt: 'desc' },
    take: MAX_INVITATIONS,
  });
  return rows.map(viewOf);
}

/** Takes an invitation back: its link is nothing any more. @throws NOT_ALLOWED, NOT_FOUND */
export async function withdraw(caller: Caller, { invitationId }: OneInvitation): Promise<Invitation[]> {
  const { db, operator } = caller;
  if (!may(operator, 'operators.manage')) refuse({ code: 'NOT_ALLOWED' });
  const open = { id: invitationId, kind: 'invitation', usedAt: null };
  const row = await db.prisma.link.findFirst({ where: open });
  if (!row || (await db.prisma.link.deleteMany({ where: open })).count === 0) return refuse({ code: 'NOT_FOUND' });
  await caller.audit.write(caller, { action: 'account.invitationWithdrawn', subject: subjectOf(row) });
  return invitations(caller);
}

/** Whom an invitation is for. @throws NOT_FOUND when it is none, was used or has run out */
export async function meant(visitor: Visitor, { token }: LinkMeant): Promise<{ email: string; name: string }> {
  const { email, name } = await linkMeant(visitor, 'invitation', token);
  return { email, name: name ?? '' };
}

/** Comes to the desk by an invitation, which is used up by it. Nobody is signed in by it. @throws NOT_FOUND, INVALID */
export async function join(visitor: Visitor, { token, name, password }: AcceptInvitation): Promise<{ email: string }> {
  await linkMeant(visitor, 'invitation', token); // before the password costs anything
  const hash = await hashPassword(password);
  const { operatorId, email, role } = await redeem(visitor, 'invitation', token, async (link, client) => {
    const person = { name, email: link.email, role: Role.parse(link.role) };
    return { ...person, operatorId: await writeOperator(client, visitor, person, hash) };
  });
  visitor.operators.tellAdded(operatorId);
  await visitor.audit.write(visitor, {
    action: 'account.joined',
    subject: { type: 'operator', id: operatorId, name },
    after: { email, role },
  });
  return { email };
}

const subjectOf = ({ id, email }: Pick<LinkRow, 'id' | 'email'>) => ({ type: 'operator' as const, id, name: email });

const viewOf = ({ id, email, name, role, createdBy, expiresAt }: Omit<LinkRow, 'kind'>): Invitation => ({
  invitationId: id,
  email,
  name: name ?? '',
  role: Role.parse(role),
  invitedBy: createdBy ?? '',
  expiresAt: expiresAt.toISOString(),
});

const letterOf = (by: string, url: string): string =>
  `${by} invites you to the desk.\n\nChoose a password here, within ${INVITATION_HOURS} hours:\n${url}\n\nThe link works once, and only for this address.\n`;
