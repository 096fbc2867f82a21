/**
 * What stands in base64 where a text was encoded with whatever before and after it: it may begin at three places, and
 * what surrounds it decides about its first and last characters, which are left out.
 */
export function base64Forms( text: string ): string[] {
	const bytes = Buffer.from( text );
	return [ 0, 1, 2 ].map( ( before ) =>
		Buffer.concat( [ Buffer.alloc( before ), bytes ] )
			.toString( 'base64' )
			.slice( before && before + 1, -5 )
	);
}
