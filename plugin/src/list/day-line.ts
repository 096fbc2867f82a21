import { __, sprintf } from '@wordpress/i18n';
import type { MailRow } from '../plots/mail-rows.ts';
import { wholeNumber } from '../words/numbers.ts';

const svg = 'http://www.w3.org/2000/svg';
const hourWidth = 4;
const height = 20;

/** One bar an hour, as high as its mail is beside that of the busiest hour; what was refused is its lower part. Its words say all of it. */
export function dayLine( hours: readonly MailRow[] ): Node | string {
	if ( hours.every( ( hour ) => allOf( hour ) === 0 ) ) {
		return '—';
	}
	const element = document.createElementNS( svg, 'svg' );
	const words = wordsOf( hours );
	const attributes = { role: 'img', 'aria-label': words, class: 'email-gateway-day' };
	const width = hours.length * hourWidth;
	const size = { viewBox: `0 0 ${ width } ${ height }`, width: String( width ), height: String( height ) };
	Object.entries( { ...attributes, ...size } ).forEach( ( [ name, value ] ) => element.setAttribute( name, value ) );
	const title = document.createElementNS( svg, 'title' );
	title.textContent = words;
	element.append( title );
	const most = Math.max( ...hours.map( allOf ) );
	hours.forEach( ( hour, at ) => {
		const of = ( count: number ) => ( count === 0 ? 0 : Math.max( 1, ( count / most ) * height ) );
		const refused = of( hour.refused );
		const whole = Math.max( refused, of( allOf( hour ) ) );
		element.append( bar( at, height - whole, whole - refused, 'is-other' ) );
		element.append( bar( at, height - refused, refused, 'is-refused' ) );
	} );
	return element;
}

const allOf = ( { accepted, waiting, refused }: MailRow ) => accepted + waiting + refused;

function bar( at: number, y: number, high: number, kind: string ): SVGElement {
	const rectangle = document.createElementNS( svg, 'rect' );
	const place = { x: at * hourWidth, y, width: hourWidth - 1, height: high };
	Object.entries( place ).forEach( ( [ name, value ] ) => rectangle.setAttribute( name, value.toFixed( 1 ) ) );
	rectangle.setAttribute( 'class', kind );
	return rectangle;
}

function wordsOf( hours: readonly MailRow[] ): string {
	const sum = ( of: ( hour: MailRow ) => number ) =>
		wholeNumber( hours.reduce( ( all, hour ) => all + of( hour ), 0 ) );
	return sprintf(
		/* translators: 1: number of accepted messages, 2: number of waiting messages, 3: number of refused messages */
		__( 'In the last 24 hours: accepted %1$s, waiting %2$s, refused %3$s.', 'email-gateway' ),
		sum( ( { accepted } ) => accepted ),
		sum( ( { waiting } ) => waiting ),
		sum( ( { refused } ) => refused )
	);
}
