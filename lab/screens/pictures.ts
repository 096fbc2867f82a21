import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser } from '../journeys/browser.ts';
import { openStates } from './each-state.ts';

const widths = [ 1280, 782, 390 ];

/** Takes a picture of every state at each width into `folder`. Throws with the names of those that threw or never came. */
export async function takePictures( url: string, folder: string, log: ( line: string ) => void ): Promise< void > {
	await mkdir( folder, { recursive: true } );
	const browser = await openBrowser();
	try {
		const { page, names, show, complaints } = await openStates( browser, url );
		for ( const name of names ) {
			for ( const width of widths ) {
				await page.setViewportSize( { width, height: 900 } );
				await show( name );
				await page.screenshot( { path: join( folder, `${ name }-${ width }.png` ), fullPage: true } );
			}
			log( name );
		}
		if ( complaints.length > 0 ) {
			throw new Error( complaints.join( '\n' ) );
		}
	} finally {
		await browser.close();
	}
}

/** What the readme shows, in the order of its captions (plugin/readme.txt, Screenshots). */
export const ofReadme = [ 'gateway-working', 'gateway-waiting', 'start-install', 'mail-log' ] as const;

/** Takes the pictures of the readme into `folder`, as the plugin directory names them; they are no part of the zip. */
export async function takeReadmePictures( url: string, folder: string ): Promise< void > {
	await mkdir( folder, { recursive: true } );
	const browser = await openBrowser();
	try {
		const { page, show } = await openStates( browser, url );
		await page.setViewportSize( { width: 1280, height: 800 } );
		for ( const [ index, name ] of ofReadme.entries() ) {
			await show( name );
			await page.screenshot( { path: join( folder, `screenshot-${ index + 1 }.png` ) } );
		}
	} finally {
		await browser.close();
	}
}

export interface Difference {
	name: string;
	/** Of all pixels, 0 to 1; null where one of the two is missing or has another size. */
	share: number | null;
}

/** The pictures that differ between two folders, and those that only one of them holds. */
export async function comparePictures( before: string, after: string ): Promise< Difference[] > {
	const namesIn = async ( folder: string ) =>
		( await readdir( folder ) ).filter( ( name ) => name.endsWith( '.png' ) );
	const [ old, fresh ] = await Promise.all( [ namesIn( before ), namesIn( after ) ] );
	const found: Difference[] = [];
	const browser = await openBrowser();
	try {
		const page = await browser.newPage();
		for ( const name of [ ...new Set( [ ...old, ...fresh ] ) ].sort() ) {
			if ( ! old.includes( name ) || ! fresh.includes( name ) ) {
				found.push( { name, share: null } );
				continue;
			}
			const both = await Promise.all( [ before, after ].map( ( folder ) => readFile( join( folder, name ) ) ) );
			const [ one, other ] = both.map( ( bytes ) => bytes.toString( 'base64' ) ) as [ string, string ];
			const share = one === other ? 0 : await page.evaluate( shareOfPixels, [ one, other ] as const );
			if ( share !== 0 ) {
				found.push( { name, share } );
			}
		}
	} finally {
		await browser.close();
	}
	return found;
}

/** Runs in the browser, which can read a PNG. */
async function shareOfPixels( pictures: readonly [ string, string ] ): Promise< number | null > {
	const [ one, other ] = await Promise.all(
		pictures.map( async ( base64 ) => {
			const blob = await ( await fetch( `data:image/png;base64,${ base64 }` ) ).blob();
			const bitmap = await createImageBitmap( blob );
			const { width, height } = bitmap;
			const context = new OffscreenCanvas( width, height ).getContext(
				'2d'
			) as OffscreenCanvasRenderingContext2D;
			context.drawImage( bitmap, 0, 0 );
			return { width, height, data: new Uint32Array( context.getImageData( 0, 0, width, height ).data.buffer ) };
		} )
	);
	if ( ! one || ! other || one.width !== other.width || one.height !== other.height ) {
		return null;
	}
	return one.data.filter( ( pixel, index ) => pixel !== other.data[ index ] ).length / one.data.length;
}

/** One line for each difference. */
export const differenceLines = ( differences: readonly Difference[] ): string[] =>
	differences.map( ( { name, share } ) =>
		share === null
			? `${ name }  only in one folder, or of another size`
			: `${ name }  ${ ( share * 100 ).toFixed( 2 ) } % differ`
	);
