import type { PropertyValues } from 'lit';
import type { QueryController } from '../controllers/query-controller.js';
import { getData } from '../store/query-state.js';
import type { Problems } from '../templates/states.js';
import { ContentLoader } from './content-loader.js';
import { UsageElement } from './usage-element.js';
import { importPart } from '../utils/import-part.js';

/**
 * Base of the elements that show the response to one query.
 *
 * @fires usage-load - after each response
 * @fires usage-error - when a request failed
 * @fires usage-auth-required - when the server does not accept the session or the token
 * @csspart banner - what is wrong with old data, and its age
 * @csspart content - what is shown of the data
 * @csspart footer - the last line of the frame
 * @csspart notice - why there is nothing to see
 * @csspart request-id - the id of a failed request, for support
 * @csspart retry - the button that sends the request again
 * @csspart skeleton - the placeholder of data that is loading
 */
export abstract class DataElement<Data> extends UsageElement {
  /** Loads what the element shows. */
  protected abstract readonly query: QueryController<Data>;

  /**
   * What says what is wrong.
   * @internal
   */
  readonly problems: ContentLoader<Problems> = new ContentLoader(
    this,
    () => importPart(() => import('../templates/problems.js')),
    () => this.query.retry(),
  );

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.problems.start();
  }

  /** What is shown: the latest response, or the previous one while another range or page loads. */
  protected get data(): Data | undefined {
    const { state } = this.query;
    return state.status === 'loading' ? state.placeholder : getData(state);
  }
}
