import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { openBrowser } from '../journeys/browser.ts';
import { openStates } from './each-state.ts';

/** WCAG 2.2 A and AA, and what axe's authors recommend besides. */
const tags = [ 'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice' ];
/** Of the page around our cards, which is WordPress's. */
const notOurs = [ 'region', 'landmark-one-main', 'page-has-heading-one', 'bypass' ];

const widths = [ 1280, 390 ];

export interface Complaint {
	state: string;
	width: number;
	/** One line each: the rule or what is wrong, and where. */
	lines: string[];
}

export const complaintLines = ( { state, width, lines }: Complaint ): string =>
	`${ state } at ${ width } pixels\n${ lines.map( ( line ) => `  ${ line }` ).join( '\n' ) }`;

/**
 * Looks at every state at each width, left to right and right to left: no rule of axe is broken, a question holds
 * the keyboard, nothing has to be scrolled sideways, and no script throws. How many were looked at, and what is wrong.
 */
export async function checkStates( url: string ): Promise< { checked: number; complaints: Complaint[] } > {
	const browser = await openBrowser();
	try {
		const { page, names, show, complaints: thrown } = await openStates( browser, url );
		const complaints: Complaint[] = [];
		for ( const state of names ) {
			for ( const width of widths ) {
				await page.setViewportSize( { width, height: 900 } );
				await show( state );
				const lines = [
					...( await brokenRules( page ) ),
					...( await lostFocus( page ) ),
					...( await sideways( page ) ),
					...thrown.splice( 0 ),
				];
				if ( lines.length > 0 ) {
					complaints.push( { state, width, lines } );
				}
			}
		}
		return { checked: names.length * widths.length, complaints };
	} finally {
		await browser.close();
	}
}

async function brokenRules( page: Page ): Promise< string[] > {
	await page.evaluate( axe.source );
	const options = {
		runOnly: { type: 'tag', values: tags },
		rules: Object.fromEntries( notOurs.map( ( rule ) => [ rule, { enabled: false } ] ) ),
		resultTypes: [ 'violations' ],
	};
	const { violations } = await page.evaluate< AxeResults >( `axe.run( document, ${ JSON.stringify( options ) } )` );
	return violations.flatMap( ( { id, help, nodes } ) =>
		nodes.map( ( { target, html } ) => `${ id }: ${ help }: ${ target.join( ' ' ) } ${ html.slice( 0, 160 ) }` )
	);
}

/** Tab leaves no question that is open. */
async function lostFocus( page: Page ): Promise< string[] > {
	const question = page.locator( '[aria-modal="true"]' );
	if ( ( await question.count() ) === 0 ) {
		return [];
	}
	for ( let presses = 0; presses < 8; presses++ ) {
		await page.keyboard.press( presses % 2 ? 'Shift+Tab' : 'Tab' );
		await page.keyboard.press( 'Tab' );
		if ( ! ( await question.evaluate( ( box ) => box.contains( document.activeElement ) ) ) ) {
			return [ 'the keyboard leaves the question' ];
		}
	}
	return [];
}

/** What sticks out, in both directions of writing. */
async function sideways( page: Page ): Promise< string[] > {
	const lines: string[] = [];
	for ( const direction of [ 'ltr', 'rtl' ] ) {
		const tooWide = await page.evaluate( widerThanPage, direction );
		lines.push( ...tooWide.map( ( element ) => `${ direction }: wider than the page: ${ element }` ) );
	}
	return lines;
}

/** Runs in the browser. */
function widerThanPage( direction: string ): string[] {
	document.documentElement.dir = direction;
	const { scrollWidth, clientWidth } = document.documentElement;
	if ( scrollWidth <= clientWidth ) {
		return [];
	}
	const out = [ ...document.querySelectorAll( '.email-gateway-app *' ) ].filter( ( element ) => {
		const { left, right } = element.getBoundingClientRect();
		return right > clientWidth + 1 || left < -1;
	} );
	return out.slice( 0, 3 ).map( ( element ) => element.outerHTML.slice( 0, 120 ) );
}
