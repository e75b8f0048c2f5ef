import { RowsController } from '../controllers/rows-controller.js';
import { ChoiceCardElement } from './choice-card-element.js';

/**
 * Base of the cards with a table of rows, which are rendered a few per task.
 *
 * @csspart row - a row
 * @csspart table - the table
 */
export abstract class ListCardElement<Data> extends ChoiceCardElement<Data> {
  /** Decides which rows the running update renders. */
  protected readonly rows: RowsController = new RowsController(this);
}
