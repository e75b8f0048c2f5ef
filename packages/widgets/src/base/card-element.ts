import { DataElement } from './data-element.js';

/**
 * Base of the elements that are a card: a frame with a heading and actions around the data.
 *
 * @slot actions - next to the heading, e.g. a link
 * @slot title - in place of the heading
 * @csspart actions - what is next to the heading
 * @csspart card - the frame
 * @csspart header - heading and actions
 * @csspart title - the heading
 */
export abstract class CardElement<Data> extends DataElement<Data> {}
