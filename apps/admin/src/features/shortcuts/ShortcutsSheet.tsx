import { useTranslations } from 'use-intl';
import { MOD } from '../../lib/keys.ts';
import { useMe } from '../../lib/desk/me.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Sheet } from '../../ui/Sheet.tsx';

/** Every key of the desk, with what it does. */
export function ShortcutsSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('keys');
  const { sendKey } = useMe().settings;
  const send = sendKey === 'enter' ? ['Enter'] : [MOD, 'Enter'];
  const newLine = sendKey === 'enter' ? ['⇧', 'Enter'] : ['Enter'];

  const columns = [
    {
      title: t('list'),
      keys: [
        [t('takeNext'), ['N']],
        [t('move'), ['J', 'K']],
        [t('open'), ['Enter']],
        [t('views'), ['G', t('andThen'), 'W', 'M', 'A', 'B', 'C']],
      ],
    },
    {
      title: t('conversation'),
      keys: [
        [t('claim'), ['C']],
        [t('reply'), ['R']],
        [t('transfer'), ['T']],
        [t('close'), ['E']],
        [t('send'), send],
        [t('newLine'), newLine],
      ],
    },
    {
      title: t('anywhere'),
      keys: [
        [t('customer'), [']']],
        [t('panes'), ['F6']],
        [t('back'), ['Esc']],
        [t('sheet'), ['?']],
      ],
    },
  ] satisfies { title: string; keys: [string, string[]][] }[];

  return (
    <Sheet open={open} onClose={onClose} title={t('title')} lead={t('lead')} wide>
      <div className="grid gap-6 pane:grid-cols-3">
        {columns.map((column) => (
          <section key={column.title}>
            <h3 className="mb-1.5 text-small text-ink-3">{column.title}</h3>
            <dl className="grid gap-1">
              {column.keys.map(([words, caps]) => (
                <div key={words} className="flex items-baseline gap-2">
                  <dt className="min-w-0 flex-1">{words}</dt>
                  <dd className="flex shrink-0 items-baseline gap-1">
                    <span className="unseen">{caps.join(' ')}</span>
                    {caps.map((cap) =>
                      cap === t('andThen') ? (
                        <span key={cap} aria-hidden="true" className="text-small text-ink-3">
                          {cap}
                        </span>
                      ) : (
                        <KeyCap key={cap}>{cap}</KeyCap>
                      ),
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}
