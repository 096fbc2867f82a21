# shellcheck shell=sh disable=SC2154
# Scripts of a package may write its configuration anew when it is installed again (ssmtp's do), so what stayed of it on
# the disk is copied aside before, into the snapshot, and laid back after.

source_of() { dpkg-query -W -f '${source:Package}\n' "$1" 2>/dev/null | head -n 1; }

# whole_folders NAME: those in /etc that packages of its source have, and no other. What is in them may have been made by
# scripts and be unknown to dpkg: sendmail.cf, dma.conf.
whole_folders() {
	source=$(source_of "$1")
	dpkg -L "$1" 2>/dev/null | sed -n 's#^\(/etc/[^/]*\).*#\1#p' | sort -u | while IFS= read -r path; do
		[ -d "$root$path" ] || continue
		for owner in $(dpkg -S "$path" 2>/dev/null | sed -n "s#: $path\$##p" | tr -d ,); do
			[ "$(source_of "$owner")" = "$source" ] || continue 2
		done
		echo "$path"
	done
}

# configuration_of NAME: its files and folders in /etc that are there, but for folders that it shares
configuration_of() {
	dpkg -L "$1" 2>/dev/null | sed -n '/^\/etc\/./p' | while IFS= read -r path; do
		[ -e "$root$path" ] || continue
		if [ -d "$root$path" ]; then
			[ "$(dpkg -S "$path" 2>/dev/null)" = "$1: $path" ] || continue
		fi
		echo "$path"
	done
}

# keep_configuration FROM NAMES
keep_configuration() {
	rm -rf "$1/configured.new"
	mkdir -p "$1/configured.new" || return 1
	for name in $2; do whole_folders "$name"; done | sort -u >"$1/whole"
	{
		cat "$1/whole"
		for name in $2; do configuration_of "$name"; done
	} | while IFS= read -r path; do
		copy_aside "$path" "$1/configured.new" || exit 1
	done || return 1
	sync -f "$1/configured.new"
	mv "$1/configured.new" "$1/configured"
}

# clear_configuration FROM: scripts of the packages see nothing of whole folders, until it is laid back
clear_configuration() {
	[ -f "$1/whole" ] && [ -d "$1/configured" ] || return 1
	while IFS= read -r kept_folder; do
		find "$root$kept_folder" -type f | while IFS= read -r path; do
			! cmp -s "$path" "$1/configured${path#"$root"}" || rm -f "$path"
		done
	done <"$1/whole"
}

# give_configuration FROM: only where the contents differ: a removal takes the mode to run from programs in /etc/init.d,
# an install gives it back
give_configuration() {
	[ -d "$1/configured" ] || return 0
	find "$1/configured" -type f | while IFS= read -r kept; do
		path=$root${kept#"$1/configured"}
		cmp -s "$kept" "$path" || cp -a --remove-destination "$kept" "$path" || exit 1
	done || return 1
	# what dpkg, ucf and the scripts laid beside it meanwhile
	[ -f "$1/whole" ] || return 0
	while IFS= read -r kept_folder; do
		find "$root$kept_folder" -type f \( -name '*.dpkg-*' -o -name '*.ucf-*' -o -name '*.old' \) | while IFS= read -r path; do
			[ -e "$1/configured${path#"$root"}" ] || rm -f "$path"
		done
	done <"$1/whole"
}

# keep_others FROM: what others keep in /etc/postfix, which goes with the package, is copied aside and laid back
keep_others() {
	[ ! -d "$1/others" ] || return 0
	rm -rf "$1/others.new"
	mkdir -p "$1/others.new" || return 1
	files_of_others | while IFS= read -r path; do
		copy_aside "$path" "$1/others.new" || exit 1
	done || return 1
	sync -f "$1/others.new"
	mv "$1/others.new" "$1/others"
}
give_others() {
	[ -d "$1/others/etc/postfix" ] || return 0
	mkdir -p "$root/etc/postfix" && cp -a "$1/others/etc/postfix/." "$root/etc/postfix/"
}
