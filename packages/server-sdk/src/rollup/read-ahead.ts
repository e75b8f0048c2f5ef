/** What is read for each item, in their order. While one answer is worked on, the next is read. */
export async function* readAhead<Item, Answer>(
  items: readonly Item[],
  read: (item: Item) => Promise<Answer>,
): AsyncGenerator<Answer, void, undefined> {
  let next: Promise<Answer> | null = null;
  for (const [index, item] of items.entries()) {
    const answer: Promise<Answer> = next ?? read(item);
    const following = items[index + 1];
    const found = await answer;
    next = following === undefined ? null : read(following);
    // Not waited for when the consumer stops early; nobody else sees it fail.
    next?.catch(() => undefined);
    yield found;
  }
}
