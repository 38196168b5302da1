import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { type ReactElement, type ReactNode, useState } from 'react';

interface MenuProps {
  label: string;
  trigger: ReactElement;
  side?: 'bottom' | 'right' | 'top';
  align?: 'start' | 'end';
  /** Left out, the menu opens by its button alone. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

/** A menu, hung from its button and kept in the part of the page that has the button. */
export function Menu({ label, trigger, side = 'bottom', align = 'end', children, ...opening }: MenuProps) {
  const [home, setHome] = useState<HTMLDivElement | null>(null);
  return (
    <Base.Root {...opening}>
      <Base.Trigger render={trigger} />
      <div ref={setHome} className="contents" />
      <Base.Portal container={home}>
        <Base.Positioner
          positionMethod="fixed"
          side={side}
          align={align}
          sideOffset={10}
          collisionPadding={8}
          className="z-20"
        >
          <Base.Popup
            aria-label={label}
            className="max-h-[80dvh] min-w-56 overflow-y-auto rounded-sheet bg-floor p-1.5 text-ink shadow-lift-2 outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const item =
  'flex min-h-8 w-full cursor-pointer items-center gap-2 rounded-control px-2.5 py-1 outline-none data-highlighted:bg-press max-pane:min-h-11';

export function MenuItem({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Base.Item className={item} onClick={onClick}>
      {children}
    </Base.Item>
  );
}

interface MenuLinkProps {
  isChosen?: boolean;
  render: ReactElement;
  children: ReactNode;
}

export function MenuLink({ isChosen = false, render, children }: MenuLinkProps) {
  return (
    <Base.Item className={item} render={render} aria-current={isChosen ? 'page' : undefined}>
      <span className="flex-1">{children}</span>
      {isChosen && <Check size={16} className="text-ink-2" aria-hidden="true" />}
    </Base.Item>
  );
}

interface MenuChoiceProps<Value extends string> {
  label: ReactNode;
  value: Value;
  options: { value: Value; words: string; lang?: string; mark?: ReactNode }[];
  onChoose: (value: Value) => void;
}

/** One of several, chosen in place: the menu stays open. */
export function MenuChoice<Value extends string>({ label, value, options, onChoose }: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(chosen: Value) => onChoose(chosen)} className="pb-1">
      <Base.GroupLabel className="px-2.5 pt-2 pb-0.5 text-small text-ink-3">{label}</Base.GroupLabel>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} lang={option.lang} className={item}>
          {option.mark}
          <span className="flex-1">{option.words}</span>
          <Base.RadioItemIndicator>
            <Check size={16} className="text-ink-2" aria-hidden="true" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export const MenuLine = () => <Base.Separator className="my-1 h-px bg-line" />;
