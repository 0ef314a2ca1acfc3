import { IconStar } from '@tabler/icons-react';
import { toggleFavourite } from '../../stores/session.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';

interface Props {
  module: string;
  title: string;
  /** Left out of the tab order where the same button stands in the card. */
  isTabStop?: boolean;
}

export function Star({ module, title, isTabStop = true }: Props) {
  const { session } = useWorkspace();
  const isOn = useSession((state) => state.favourites.includes(module));
  return (
    <button
      type="button"
      className="icon-button small star"
      tabIndex={isTabStop ? undefined : -1}
      aria-pressed={isOn}
      aria-label={`Keep ${title} among the favourites`}
      title={isOn ? 'A favourite' : 'Make it a favourite'}
      onClick={() => toggleFavourite(session, module)}
    >
      <IconStar size={15} stroke={1.75} aria-hidden />
    </button>
  );
}
