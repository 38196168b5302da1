import { type CSSProperties, useState } from 'react';
import { initial, shortName, tintOf } from '../lib/format/initials.ts';
import { cx } from './cx.ts';

const sizes = {
  xs: 'size-5 text-[0.65625rem]/4',
  sm: 'size-7 text-[0.75rem]/5',
  row: 'size-(--row-avatar) text-[0.875rem]/5',
  lg: 'size-14 text-title',
};

interface Props {
  /** Chooses the tint. */
  id: string;
  name: string;
  /** Customers are round, operators square-shouldered. */
  of: 'customer' | 'operator';
  size?: keyof typeof sizes;
  pictureUrl?: string | null;
  className?: string;
}

/** Addresses that showed nothing: rows come and go with scrolling, and would ask for them each time. */
const broken = new Set<string>();

/** A face, or the first letter of a name. Decoration: the name stands beside it. */
export function Avatar({ id, name, of, size = 'row', pictureUrl, className }: Props) {
  const [isBroken, setIsBroken] = useState(pictureUrl ? broken.has(pictureUrl) : false);
  const shape = cx(
    'relative grid shrink-0 place-items-center font-read font-firm select-none',
    of === 'customer' ? 'rounded-round' : 'rounded-[28%]',
    sizes[size],
    className,
  );
  if (pictureUrl && !isBroken) {
    return (
      <img
        src={pictureUrl}
        alt=""
        loading="lazy"
        decoding="async"
        className={cx(shape, 'bg-press object-cover')}
        onError={() => {
          broken.add(pictureUrl);
          setIsBroken(true);
        }}
      />
    );
  }
  return (
    <span aria-hidden="true" className={cx(shape, 'tint')} style={{ '--h': tintOf(id) } as CSSProperties}>
      {of === 'operator' ? shortName(name) : initial(name)}
    </span>
  );
}
