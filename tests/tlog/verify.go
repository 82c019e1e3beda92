// Checks logs of `random_logs`, from standard input, with the packages of the Go checksum database: nothing of ours.
package main

import (
	"bufio"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Index int64
	Leaf  string
	Path  []string
}

type consistency struct {
	OldSize int64  `json:"old_size"`
	OldRoot string `json:"old_root"`
	Path    []string
}

type proofFile struct{ Text, Entry string }

type log struct {
	Log, Witness       string
	Size               int64
	Entries            []string
	Tiles              map[string]string
	Checkpoint         string
	ChangedCheckpoint  string `json:"changed_checkpoint"`
	Inclusion          []inclusion
	Proofs             []proofFile
	Consistency        []consistency
	ChangedInclusion   []inclusion   `json:"changed_inclusion"`
	ChangedConsistency []consistency `json:"changed_consistency"`
}

func decode(text string) []byte {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return bytes
}

func hash(text string) (h tlog.Hash) {
	if copy(h[:], decode(text)) != len(h) {
		panic("a hash is too short")
	}
	return h
}

func path(texts []string) (hashes []tlog.Hash) {
	for _, text := range texts {
		hashes = append(hashes, hash(text))
	}
	return hashes
}

// A witness's cosignature (c2sp.org/tlog-cosignature), which the Go package leaves to its callers.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(signature))
	return ed25519.Verify(c.key, append([]byte(head), text...), signature[8:])
}

func newCosigner(vkey string) (cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	key := decode(parts[2])
	id, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil || key[0] != 4 || len(key) != 33 {
		return cosigner{}, errors.New("not the key of a witness")
	}
	return cosigner{parts[0], uint32(id), key[1:]}, nil
}

// Tiles by the paths of tlog-tiles, which has no height in them.
type tiles struct {
	files map[string][]byte
}

func (t tiles) Height() int                          { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte)      {}
func (t tiles) ReadTiles(wanted []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range wanted {
		bytes, ok := t.files[strings.Replace(tile.Path(), "tile/8/", "tile/", 1)]
		if !ok {
			return nil, fmt.Errorf("there is no %s", tile.Path())
		}
		data = append(data, bytes)
	}
	return data, nil
}

func parseCheckpoint(text string) (size int64, root tlog.Hash, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return 0, root, errors.New("a checkpoint has other lines")
	}
	size, err = strconv.ParseInt(lines[1], 10, 64)
	return size, hash(lines[2]), err
}

func (l *log) verifiers() (note.Verifiers, error) {
	key, err := note.NewVerifier(l.Log)
	if err != nil {
		return nil, err
	}
	witness, err := newCosigner(l.Witness)
	return note.VerifierList(key, witness), err
}

func (l *log) root() (tlog.Hash, error) {
	verifiers, err := l.verifiers()
	if err != nil {
		return tlog.Hash{}, err
	}
	opened, err := note.Open([]byte(l.Checkpoint), verifiers)
	if err != nil || len(opened.Sigs) != 2 || len(opened.UnverifiedSigs) != 0 {
		return tlog.Hash{}, fmt.Errorf("the checkpoint is not signed by both: %v", err)
	}
	if _, err := note.Open([]byte(l.ChangedCheckpoint), verifiers); err == nil {
		return tlog.Hash{}, errors.New("a changed checkpoint verifies")
	}
	size, root, err := parseCheckpoint(opened.Text)
	if size != l.Size {
		return root, errors.New("the checkpoint has another size")
	}
	return root, err
}

// The tree from its entries.
func (l *log) checkTree(root tlog.Hash) error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) (hashes []tlog.Hash, err error) {
		for _, index := range indexes {
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	for i, entry := range l.Entries {
		hashes, err := tlog.StoredHashes(int64(i), decode(entry), reader)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
	}
	if computed, err := tlog.TreeHash(l.Size, reader); err != nil || computed != root {
		return fmt.Errorf("the entries give another root: %v", err)
	}
	return nil
}

func (l *log) checkProofs(root tlog.Hash) error {
	files := map[string][]byte{}
	for name, text := range l.Tiles {
		files[name] = decode(text)
	}
	reader := tlog.TileHashReader(tlog.Tree{N: l.Size, Hash: root}, tiles{files})
	for _, one := range l.Inclusion {
		if err := tlog.CheckRecord(path(one.Path), l.Size, root, one.Index, hash(one.Leaf)); err != nil {
			return err
		}
		made, err := tlog.ProveRecord(l.Size, one.Index, reader)
		if err != nil || fmt.Sprint(made) != fmt.Sprint(tlog.RecordProof(path(one.Path))) {
			return fmt.Errorf("the tiles give another inclusion proof: %v", err)
		}
	}
	for _, one := range l.Consistency {
		if err := tlog.CheckTree(path(one.Path), l.Size, root, one.OldSize, hash(one.OldRoot)); err != nil {
			return err
		}
		made, err := tlog.ProveTree(l.Size, one.OldSize, reader)
		if err != nil || fmt.Sprint(made) != fmt.Sprint(tlog.TreeProof(path(one.Path))) {
			return fmt.Errorf("the tiles give another consistency proof: %v", err)
		}
	}
	return nil
}

func (l *log) checkChanged(root tlog.Hash) (count int, err error) {
	for _, one := range l.ChangedInclusion {
		if tlog.CheckRecord(path(one.Path), l.Size, root, one.Index, hash(one.Leaf)) == nil {
			return count, errors.New("a changed inclusion proof verifies")
		}
		count++
	}
	for _, one := range l.ChangedConsistency {
		if tlog.CheckTree(path(one.Path), l.Size, root, one.OldSize, hash(one.OldRoot)) == nil {
			return count, errors.New("a changed consistency proof verifies")
		}
		count++
	}
	return count, nil
}

// The .tlog-proof file, read by hand.
func (l *log) checkFiles() error {
	verifiers, err := l.verifiers()
	if err != nil {
		return err
	}
	for _, file := range l.Proofs {
		head, checkpoint, ok := strings.Cut(file.Text, "\n\n")
		lines := strings.Split(head, "\n")
		if !ok || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
			return errors.New("a .tlog-proof has other lines")
		}
		index, err := strconv.ParseInt(lines[1][len("index "):], 10, 64)
		if err != nil {
			return err
		}
		opened, err := note.Open([]byte(checkpoint), verifiers)
		if err != nil {
			return err
		}
		size, root, err := parseCheckpoint(opened.Text)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(path(lines[2:]), size, root, index, tlog.RecordHash(decode(file.Entry))); err != nil {
			return err
		}
	}
	return nil
}

func (l *log) check() (changed int, err error) {
	root, err := l.root()
	if err == nil {
		err = l.checkTree(root)
	}
	if err == nil {
		err = l.checkProofs(root)
	}
	if err == nil {
		err = l.checkFiles()
	}
	if err != nil {
		return 0, err
	}
	return l.checkChanged(root)
}

func main() {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	logs, changed := 0, 0
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			break
		}
		var l log
		if err := json.Unmarshal(line, &l); err != nil {
			panic(err)
		}
		count, err := l.check()
		if err != nil {
			fmt.Printf("log %d of %d entries: %v\n", logs, l.Size, err)
			os.Exit(1)
		}
		logs++
		changed += count
	}
	fmt.Printf("%d logs verified, %d changed proofs refused\n", logs, changed)
	if logs < 2000 || changed < 2000 {
		os.Exit(1)
	}
}
