/** Hides a group that is shown, and shows one that is hidden. */
export function toggleGroup(hidden: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(hidden);
  if (!next.delete(index)) next.add(index);
  return next;
}

/** Shows one of `count` groups alone; where it is alone already, all of them. */
export function isolateGroup(
  hidden: ReadonlySet<number>,
  index: number,
  count: number,
): ReadonlySet<number> {
  const others = Array.from({ length: count }, (_, other) => other).filter(
    (other) => other !== index,
  );
  const isAlone = !hidden.has(index) && others.every((other) => hidden.has(other));
  return new Set(isAlone ? [] : others);
}
