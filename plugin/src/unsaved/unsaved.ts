/** What a person typed in one form and has not saved. */
export interface Unsaved {
	/** Of the form, as it is on the screen. */
	title: string;
	/** Leads the person back to it. */
	show: () => void;
}

/** All forms of this page with something unsaved, in the order in which they were typed in. */
const forms = new Map< symbol, Unsaved >();

const warn = ( event: BeforeUnloadEvent ) => event.preventDefault();

/** Keeps one form in mind, or lets go of it. While there is any, the browser asks before it leaves the page. */
export function keepInMind( form: symbol, unsaved: Unsaved | null ): void {
	if ( unsaved ) {
		forms.set( form, unsaved );
	} else {
		forms.delete( form );
	}
	// Listening only while it is needed: a page with such a listener is not kept for Back.
	if ( forms.size > 0 ) {
		window.addEventListener( 'beforeunload', warn );
	} else {
		window.removeEventListener( 'beforeunload', warn );
	}
}

export const unsavedForms = (): Unsaved[] => [ ...forms.values() ];

/** The person has said that it may go: the browser need not ask again. */
export function letGoOfAll(): void {
	forms.clear();
	window.removeEventListener( 'beforeunload', warn );
}
