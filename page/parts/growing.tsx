import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

const STEP = 60;

/**
 * A long list, of which more is made as somebody comes near its end: what is made stays, so that searching the page and reading
 * it aloud work as on any page.
 */
export function Growing<Item>({
  items,
  render,
}: {
  readonly items: readonly Item[];
  readonly render: (item: Item) => ComponentChildren;
}) {
  const [shown, setShown] = useState(STEP);
  const end = useRef<HTMLDivElement>(null);
  const isMore = shown < items.length;
  useEffect(() => {
    const element = end.current;
    if (element === null || !isMore) return;
    const grow = () => setShown((before) => before + STEP);
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) grow();
      },
      { rootMargin: '1200px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [isMore, shown]);
  return (
    <>
      <ul class="rows">{items.slice(0, shown).map(render)}</ul>
      {isMore && (
        <div ref={end} class="more">
          <button type="button" class="plain" onClick={() => setShown(items.length)}>
            Show all {items.length.toLocaleString('en-US')}
          </button>
        </div>
      )}
    </>
  );
}
