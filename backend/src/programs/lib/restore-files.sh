# shellcheck shell=sh disable=SC2154
# Gives back files as a snapshot has them.

# changed_by_others FROM PATH: true where the file is not as our commit left it
changed_by_others() {
	[ -f "$1/after" ] || return 1
	! grep -qxF "$(digest_of "$root$2") $2" "$1/after"
}

# paths of credentials that are as they were before us
given_back=''
is_given_back() { case " $given_back " in *" $1 "*) ;; *) return 1 ;; esac; }

# give_back_credentials FROM: before the package that reads them, which would otherwise make files of its own. One
# that somebody wrote meanwhile is left alone.
give_back_credentials() {
	given_back=''
	for path in $old_credentials; do
		[ -f "$1/tree$path" ] || continue
		if [ ! -e "$root$path" ]; then
			mkdir -p "$root${path%/*}" && cp -a "$1/tree$path" "$root$path" || return 1
		fi
		if cmp -s "$1/tree$path" "$root$path"; then given_back="$given_back $path"; fi
	done
}

# needs_restoring FROM PATH: a file that is not as it was, and that nobody but us has changed
needs_restoring() {
	# a package that was installed meanwhile may have written it anew
	! is_given_back "$2" || { ! is_same "$1/tree$2" "$root$2" && return 0; }
	! cmp -s "$1/tree$2" "$root$2" || return 1
	[ ! -e "$root$2" ] || ! changed_by_others "$1" "$2"
}

# remove_added FROM: what was not there before us goes, but for what others have changed
remove_added() {
	while IFS= read -r path; do
		if [ "$path" = /etc/postfix ]; then
			is_installed postfix || { keep_others "$1" && rm -rf "$root/etc/postfix"; } || return 1
		elif [ -e "$root$path" ] && ! changed_by_others "$1" "$path"; then
			rm -f "$root$path"
		fi
	done <"$1/absent"
}

# restore_entry FROM NAME: one of /etc/postfix. What is as it was is not written again: nothing is lost on it where the
# folder cannot be written any more.
restore_entry() {
	is_same "$1/tree/etc/postfix/$2" "$root/etc/postfix/$2" || cp -a --remove-destination "$1/tree/etc/postfix/$2" "$root/etc/postfix/"
}

# main.cf names all others: it comes when these are there, by one rename
restore_postfix_folder() {
	saved=$1/tree/etc/postfix
	now=$root/etc/postfix
	mkdir -p "$now"
	for entry in "$saved"/* "$saved"/.[!.]*; do
		[ -e "$entry" ] || [ -L "$entry" ] || continue
		[ "${entry##*/}" = main.cf ] || restore_entry "$1" "${entry##*/}" || return 1
	done
	if is_same "$saved/main.cf" "$now/main.cf"; then
		:
	elif [ -e "$saved/main.cf" ] || [ -L "$saved/main.cf" ]; then
		cp -a "$saved/main.cf" "$now/.main.cf.restored" && mv -T "$now/.main.cf.restored" "$now/main.cf" || return 1
	else
		rm -f "$now/main.cf" || return 1
	fi
	[ -e "$saved/master.cf" ] || rm -f "$now/master.cf" || return 1
	for entry in "$now"/gateway-*; do
		[ -e "$saved/${entry##*/}" ] || rm -rf "$entry" || return 1
	done
	[ "$(stat -c %Y "$saved")" = "$(stat -c %Y "$now")" ] || touch -r "$saved" "$now"
}

restore_files() {
	remove_added "$1" || return 1
	for path in $snapshot_paths /usr/sbin/sendmail; do
		[ -e "$1/tree$path" ] || [ -L "$1/tree$path" ] || continue
		if [ "$path" = /etc/postfix ]; then
			restore_postfix_folder "$1" || return 1
		elif needs_restoring "$1" "$path"; then
			cp -a "$1/tree$path" "$root$path.restored" && mv "$root$path.restored" "$root$path" || return 1
		fi
	done
	give_others "$1"
}
