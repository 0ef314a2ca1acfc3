import { IconLayoutSidebarRightExpand } from '@tabler/icons-react';
import type { Project } from '../../schemas/generated/types.ts';
import { Canvas, CanvasProvider } from '../canvas/Canvas.tsx';
import { ExportDialog } from '../export/ExportDialog.tsx';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { ConflictBar } from './ConflictBar.tsx';
import { CreateEnvironment } from './CreateEnvironment.tsx';
import { CreateProject } from './CreateProject.tsx';
import { CommandPalette } from './commands/CommandPalette.tsx';
import { LiveRegion } from './commands/LiveRegion.tsx';
import { SearchBar } from './commands/SearchBar.tsx';
import { ShortcutSheet } from './commands/ShortcutSheet.tsx';
import { HealthDialog } from './HealthDialog.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { Palette } from './Palette.tsx';
import { ReviewDialog } from './ReviewDialog.tsx';
import { RunBar } from './RunBar.tsx';
import { RunDrawer } from './RunDrawer.tsx';
import { SplitView } from './SplitView.tsx';
import { TopBar } from './TopBar.tsx';
import { Tour } from './tour/Tour.tsx';

interface Props {
  projects: readonly Project[];
  refreshProjects(): Promise<void>;
}

/** Everything around the canvas, and the canvas. */
export function Frame({ projects, refreshProjects }: Props) {
  const { session } = useWorkspace();
  const isInspectorOpen = useSession((state) => state.isInspectorOpen);
  const isPaletteOpen = useSession((state) => state.isPaletteOpen);
  const isDrawerOpen = useSession((state) => state.isDrawerOpen);
  return (
    <CanvasProvider>
      <div className="frame" data-palette={isPaletteOpen} data-inspector={isInspectorOpen}>
        <TopBar projects={projects} />
        <Palette />
        <main className="middle">
          <ConflictBar />
          <SplitView
            canvas={
              <>
                <Canvas />
                <SearchBar />
              </>
            }
          />
          <RunBar />
          {isDrawerOpen && <RunDrawer />}
        </main>
        {isInspectorOpen ? (
          <Inspector />
        ) : (
          <button
            type="button"
            className="icon-button inspector-unfold"
            aria-label="Show the inspector"
            onClick={() => session.setState({ isInspectorOpen: true })}
          >
            <IconLayoutSidebarRightExpand size={18} stroke={1.75} />
          </button>
        )}
        <Tour />
        <ExportDialog />
        <ReviewDialog />
        <CommandPalette projects={projects} />
        <ShortcutSheet />
        <HealthDialog />
        <LiveRegion />
        <CreateEnvironment refreshProjects={refreshProjects} />
        <CreateProject refreshProjects={refreshProjects} />
      </div>
    </CanvasProvider>
  );
}
