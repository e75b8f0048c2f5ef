import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../../../../scripts/lib/run.mjs';
import { mapText, readHeadings, toAnchor } from './markdown.mjs';

/** Where the repository can be read, e.g. `https://host.example/usage-kit/blob/main`; texts are shown without those links if it is not named. */
const REPOSITORY = process.env.USAGE_DOCS_REPOSITORY?.replace(/\/$/, '');

const LINK = /(!?)\[((?:[^\]\\]|\\.)*)\]\(([^)\s]+)\)/g;

/**
 * Links between texts of the repository, as links between pages of the site.
 *
 * A text may be a page, or several pages of which each is some sections. What is no page is linked in the repository, where
 * that is known, and shown as its name otherwise.
 */
export class LinkMap {
  /** By path of a text: the pages it is shown on, each with its anchors. */
  #pages = new Map();
  /** Pictures that pages show. */
  pictures = new Set();

  /**
   * Notes that a page shows a text.
   *
   * @param path of the text in the repository
   * @param slug of the page
   * @param markdown what of it the page shows
   * @param opening the heading that became the page's title, if one did
   */
  add(path, slug, markdown, opening) {
    const anchors = new Set(readHeadings(markdown).map(({ heading }) => toAnchor(heading)));
    const title = opening === undefined ? null : toAnchor(opening);
    if (title !== null) anchors.add(title);
    const pages = this.#pages.get(path) ?? [];
    this.#pages.set(path, [...pages, { slug, anchors, title }]);
  }

  /** Rewrites the links of a text that is shown at `slug`. */
  rewrite(markdown, path, slug) {
    return mapText(markdown, (line) =>
      line.replaceAll(LINK, (whole, isPicture, label, target) => {
        if (/^(https?:|mailto:|\/)/.test(target)) return whole;
        if (isPicture) return `![${label}](${this.#toPicture(target, path)})`;
        const address = this.#toAddress(target, path, slug);
        return address === null ? label : `[${label}](${address})`;
      }),
    );
  }

  #toPicture(target, path) {
    const picture = posix.join(posix.dirname(path), target);
    this.pictures.add(picture);
    return `/${posix.join('images', posix.basename(picture))}`;
  }

  #toAddress(target, path, slug) {
    const [file, anchor] = target.split('#');
    const linked = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
    const pages = this.#pages.get(linked) ?? this.#pages.get(posix.join(linked, 'README.md'));
    if (pages === undefined) return this.#toRepository(linked, anchor, path);
    const page = anchor === undefined ? pages[0] : pages.find(({ anchors }) => anchors.has(anchor));
    if (page === undefined) return this.#toRepository(linked, anchor, path);
    const fragment = anchor === undefined || page.title === anchor ? '' : `#${anchor}`;
    return page.slug === slug && fragment !== '' ? fragment : `/${page.slug}/${fragment}`;
  }

  #toRepository(linked, anchor, path) {
    if (!existsSync(join(root, linked)))
      throw new Error(`${path} links ${linked}, which is not there`);
    return REPOSITORY ? `${REPOSITORY}/${linked}${anchor ? `#${anchor}` : ''}` : null;
  }
}
