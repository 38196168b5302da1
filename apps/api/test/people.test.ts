import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestOperator } from './desk/desk.ts';

let desk: TestDesk;
let admin: TestOperator;
beforeAll(async () => {
  desk = await openDesk({ jobs: 'stopped' });
  admin = await desk.operator('Orathai', 'admin');
});
afterAll(() => desk.close());

const NEW = { name: 'มะลิ', email: 'Mali@desk.test', password: 'jasmine in the morning', role: 'operator' as const };

describe('People (PE)', () => {
  it('[PE1] an admin adds somebody, who signs in with the first password and is on the list', async () => {
    const added = await admin.api.operators.add(NEW);

    const signedIn = await fetch(`${desk.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: desk.publicUrl },
      body: JSON.stringify({ email: 'mali@desk.test', password: NEW.password }),
    });
    expect(signedIn.status).toBe(200);
    expect(await admin.api.operators.list()).toContainEqual(added);
  });

  it('[PE2] an address that is taken, in whatever case, is INVALID', async () => {
    await desk.operator('Taken');

    await expect(admin.api.operators.add({ ...NEW, email: 'TAKEN@desk.test' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      cause: { refusal: { code: 'INVALID', issues: [{ path: 'email', code: 'taken' }] } },
    });
  });

  it('[PE3] operators and supervisors add nobody: NOT_ALLOWED', async () => {
    for (const somebody of [await desk.operator('Nok'), await desk.operator('Haruka', 'supervisor')]) {
      await expect(somebody.api.operators.add({ ...NEW, email: 'x@desk.test' })).rejects.toMatchObject({
        message: 'NOT_ALLOWED',
      });
    }
  });

  it.each([
    ['a password of eleven characters', { password: 'eleven char' }],
    ['no name', { name: '  ' }],
    ['no address', { email: 'mali' }],
    ['a role that does not exist', { role: 'owner' as never }],
  ])('[PE4] %s is INVALID', async (_what, wrong) => {
    await expect(admin.api.operators.add({ ...NEW, email: 'y@desk.test', ...wrong })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});
