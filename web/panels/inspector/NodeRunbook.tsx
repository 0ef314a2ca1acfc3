import Markdown from 'markdown-to-jsx';
import { Quiet } from '../../ui/Section.tsx';

const OPTIONS = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: { a: { props: { target: '_blank', rel: 'noreferrer' } } },
};

export function NodeRunbook({ text }: { text: string }) {
  if (text.trim() === '') return <Quiet>This module has no runbook.</Quiet>;
  return (
    <article className="runbook">
      <Markdown options={OPTIONS}>{text}</Markdown>
    </article>
  );
}
