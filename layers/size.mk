# Lambda allows 262,144,000 bytes for a function and its layers, unpacked. The functions have 11 MB.
LARGEST := 250000000

# $(call require_size,FOLDERS,NAME): fails if the folders of one function's layers, called NAME, are too large together.
require_size = @size=$$(find $(1) -type f -printf '%s\n' 2>/dev/null | awk '{ sum += $$1 } END { printf "%.0f", sum }'); \
	test "$${size:-0}" -le $(LARGEST) || { \
	echo "storycard: expected the $(2) to have at most $(LARGEST) bytes, got $$size" >&2; exit 1; }
