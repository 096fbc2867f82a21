# shellcheck shell=sh disable=SC2154
# Writes what the payload of an apply has.

# maps in a folder of their own, then main.cf by one rename: there is no moment with half a configuration
write_configuration() {
	asked=$generation
	while [ "$generation" = "$old_generation" ]; do generation=$((generation + 1)); done
	folder=/etc/postfix/gateway-$generation
	[ -d "$root/etc/postfix" ] || mkdir -m 0755 "$root/etc/postfix" || return 1
	rm -rf "$root$folder"
	mkdir -m 0755 "$root$folder" && chmod 0755 "$root$folder" || return 1
	sed -n 's#^file \([^/]\)#\1#p' "$payload" | write_files "$root$folder/" || return 1
	[ -d "${mail_log%/*}" ] || mkdir -m 0700 "${mail_log%/*}" || return 1
	chmod 0700 "${mail_log%/*}"
	on_disk "$root$folder" || return 1
	# one that both configurations can run with: the maps are named in main.cf only
	decoded master | write_file "$root/etc/postfix/master.cf" 0644 || return 1
	decoded main | sed "s#/etc/postfix/gateway-$asked/#$folder/#" | write_file "$root/etc/postfix/main.cf" 0644
}
# write_files BEFORE: lines of `PATH MODE CONTENT-IN-BASE64`, each with BEFORE before its path
write_files() {
	while IFS=' ' read -r path mode content; do
		printf '%s' "$content" | base64 -d | write_file "$1$path" "$mode" || return 1
	done
}
