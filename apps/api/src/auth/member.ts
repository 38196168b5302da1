import { Member, type OperatorId } from '@sala/contracts';
import type { Database } from '@sala/db';

/** An operator as they are now, with their teams; null for who is not there, or may not come in. */
export async function memberOf({ pool }: Database, operatorId: OperatorId): Promise<Member | null> {
  const { rows } = await pool.query(
    `select o.id as "operatorId", o.name, o.role,
       array(select m."teamId" from "TeamMember" m where m."operatorId" = o.id order by 1) as "teamIds"
     from "Operator" o where o.id = $1 and not o.banned`,
    [operatorId],
  );
  return rows[0] ? Member.parse(rows[0]) : null;
}
