// The part of gettext-parser that we use; it comes without types.
declare module 'gettext-parser' {
	export interface Entry {
		msgctxt?: string;
		msgid: string;
		msgid_plural?: string;
		/** One text for each form of the plural. */
		msgstr: string[];
	}
	export const po: {
		parse( file: Uint8Array ): {
			headers: Record< string, string >;
			/** By context, then by text. */
			translations: Record< string, Record< string, Entry > >;
		};
	};
}
