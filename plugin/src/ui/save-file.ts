/** Gives the person a text file, as a download. */
export function saveFile( name: string, text: string, type = 'text/csv' ): void {
	const url = URL.createObjectURL( new Blob( [ text ], { type: `${ type };charset=utf-8` } ) );
	const link = document.createElement( 'a' );
	link.href = url;
	link.download = name;
	link.click();
	// at once would be before some browsers have begun
	setTimeout( () => URL.revokeObjectURL( url ), 10_000 );
}
