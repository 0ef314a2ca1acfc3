import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { Group } from '../../../schemas/generated/types.ts';

type Color = Group['color'];

/** The colours of groups and notes, in the order in which they are offered. */
export const COLORS: readonly Color[] = ['grey', 'blue', 'green', 'amber', 'red', 'violet'];

/** Six quiet colours in a row of a menu, each with its name. */
export function ColorItems({ value, onChange }: { value: Color; onChange(color: Color): void }) {
  return (
    <div className="color-items">
      <Menu.RadioGroup value={value}>
        {COLORS.map((color) => (
          <Menu.RadioItem
            key={color}
            value={color}
            closeMenuOnClick
            checkIcon={<IconCheck size={13} stroke={2.25} />}
            aria-label={color}
            title={color}
            data-color={color}
            className="color-item"
            onChange={() => onChange(color)}
          />
        ))}
      </Menu.RadioGroup>
    </div>
  );
}
