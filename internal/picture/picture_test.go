package picture_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/dampingi/dampingi/internal/picture"
)

// nan is a gap.
var nan = math.NaN()

// indonesian are the words of the house.
var indonesian = picture.Words{Empty: "Belum ada data", Thousand: "rb", Million: "jt"}

// weeks are the labels of n weeks.
func weeks(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("M%d", 48-n+i))
	}
	return all
}

// contacts is a picture as the chair gets it.
func contacts() ([]byte, error) {
	return indonesian.Lines("Kontak dan rencana, 12 pekan", weeks(12),
		picture.Series{Name: "Rencana", Values: []float64{20, 20, 21, 22, 22, 24, 24, 25, 25, 26, 26, 27}},
		picture.Series{Name: "Tercatat", Values: []float64{12, 15, 14, nan, 18, 20, 19, 21, nan, 24, 23, 25}})
}

// drawn opens what was drawn, and keeps it where SHOW says, to be looked at.
func drawn(t testing.TB, name string, data []byte, err error) image.Image {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if to := os.Getenv("SHOW"); to != "" {
		if err := os.WriteFile(to+"/"+name+".png", data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	im, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(data) > 300<<10 {
		t.Errorf("%s has %d bytes, too many for a phone that pays for them", name, len(data))
	}
	return im
}

// inked counts the points of a part of a picture that are not white.
func inked(im image.Image, part image.Rectangle) int {
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if r, g, b, _ := im.At(x, y).RGBA(); r+g+b < 3*0xE000 {
				n++
			}
		}
	}
	return n
}

// TestPicturesSayWhatTheyAreGiven: every word and every figure changes the picture where it stands,
// and nothing else does.
func TestPicturesSayWhatTheyAreGiven(t *testing.T) {
	base := func() (string, []string, []picture.Series) {
		return "Judul", weeks(6), []picture.Series{{Name: "Satu", Values: []float64{1, 2, 3, 4, 5, 6}}, {Name: "Dua", Values: []float64{6, 5, 4, 3, 2, 2}}}
	}
	for kind, draw := range map[string]func(string, []string, []picture.Series) ([]byte, error){
		"lines": func(s string, l []string, v []picture.Series) ([]byte, error) { return picture.Lines(s, l, v...) },
		"bars":  func(s string, l []string, v []picture.Series) ([]byte, error) { return picture.Bars(s, l, v...) },
		"funnel": func(s string, l []string, v []picture.Series) ([]byte, error) {
			return picture.Funnel(s, l, v[0].Values)
		},
	} {
		first, err := draw(base())
		im := drawn(t, "plain-"+kind, first, err)
		if im.Bounds().Dx() != 1080 || im.Bounds().Dy() < 500 || im.Bounds().Dy() > 1080*2 {
			t.Errorf("%s: the picture is %v", kind, im.Bounds())
		}
		if n := inked(im, image.Rect(40, 40, 1040, 110)); n < 1000 {
			t.Errorf("%s: the title has %d points", kind, n)
		}
		if again, _ := draw(base()); !bytes.Equal(first, again) {
			t.Errorf("%s: the same figures make another picture", kind)
		}
		for what, change := range map[string]func(*string, []string, []picture.Series){
			"title":       func(s *string, _ []string, _ []picture.Series) { *s = "Judal" },
			"last label":  func(_ *string, l []string, _ []picture.Series) { l[5] = "M99" },
			"first value": func(_ *string, _ []string, v []picture.Series) { v[0].Values[0] = 2 },
			"gap":         func(_ *string, _ []string, v []picture.Series) { v[0].Values[2] = nan },
			"name":        func(_ *string, _ []string, v []picture.Series) { v[1].Name = "Tiga" },
		} {
			title, labels, series := base()
			change(&title, labels, series)
			if other, err := draw(title, labels, series); err != nil || bytes.Equal(first, other) != (what == "name" && kind == "funnel") {
				t.Errorf("%s: another %s: same picture %v, %v", kind, what, bytes.Equal(first, other), err)
			}
		}
		for what, change := range map[string]func(*string, []string, []picture.Series){
			"emoji in the title": func(s *string, _ []string, _ []picture.Series) { *s = "📈 Judul" },
			"too many values":    func(_ *string, _ []string, v []picture.Series) { v[0].Values = append(v[0].Values, 900) },
		} {
			title, labels, series := base()
			change(&title, labels, series)
			if other, err := draw(title, labels, series); err != nil || !bytes.Equal(first, other) {
				t.Errorf("%s: %s changes the picture, %v", kind, what, err)
			}
		}
	}
}

// TestNothingIsSaidWithWords: without a figure there is what the caller says, and not an empty frame.
func TestNothingIsSaidWithWords(t *testing.T) {
	for name, draw := range map[string]func(picture.Words) ([]byte, error){
		"no lines": func(w picture.Words) ([]byte, error) { return w.Lines("Kontak", weeks(3)) },
		"no labels": func(w picture.Words) ([]byte, error) {
			return w.Lines("Kontak", nil, picture.Series{Name: "x", Values: []float64{1}})
		},
		"gaps": func(w picture.Words) ([]byte, error) {
			return w.Lines("Kontak", weeks(2), picture.Series{Name: "x", Values: []float64{nan, math.Inf(1)}})
		},
		"no bars":   func(w picture.Words) ([]byte, error) { return w.Bars("Arah", weeks(9), picture.Series{Name: "x"}) },
		"no stages": func(w picture.Words) ([]byte, error) { return w.Funnel("Tahap", nil, nil) },
	} {
		data, err := draw(indonesian)
		im := drawn(t, "nothing-"+strings.ReplaceAll(name, " ", "-"), data, err)
		if n := inked(im, image.Rect(300, 200, 780, im.Bounds().Dy())); n < 2000 {
			t.Errorf("%s: nothing is said in %d points", name, n)
		}
		other, err := draw(picture.Words{Empty: "No data yet"})
		if err != nil || bytes.Equal(data, other) {
			t.Errorf("%s: it is said in one language only, %v", name, err)
		}
		if _, err := draw(picture.Words{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhateverIsGivenIsDrawn: figures of any size and number, and names of any length.
func TestWhateverIsGivenIsDrawn(t *testing.T) {
	long := strings.Repeat("panjangsekali ", 12) + strings.Repeat("w", 200)
	var many []picture.Series
	for i := range 9 {
		many = append(many, picture.Series{Name: fmt.Sprint("Garis ", i), Values: []float64{float64(i), 9 - float64(i)}})
	}
	values := map[string][]float64{
		"one": {3}, "zeros": {0, 0}, "negative": {-5, 3, -1}, "all negative": {-5, -3}, "fractions": {0.1, 0.25}, "tiny": {1e-300, 5e-324},
		"huge": {1e15, 2.5e15}, "beyond": {math.MaxFloat64, -math.MaxFloat64}, "endless": {math.Inf(-1), 4}, "mixed": {1, nan, 1e9},
		"many": make([]float64, 400),
	}
	for name, v := range values {
		labels := weeks(len(v))
		for kind, draw := range map[string]func() ([]byte, error){
			"lines": func() ([]byte, error) { return indonesian.Lines(long, labels, picture.Series{Name: long, Values: v}) },
			"bars": func() ([]byte, error) {
				return picture.Bars("x", labels, picture.Series{Name: "a", Values: v}, picture.Series{Values: v})
			},
			"funnel": func() ([]byte, error) { return picture.Funnel("", labels, v) },
		} {
			data, err := draw()
			drawn(t, "any-"+kind+"-"+strings.ReplaceAll(name, " ", "-"), data, err)
		}
	}
	for kind, draw := range map[string]func() ([]byte, error){
		"lines": func() ([]byte, error) { return picture.Lines("x", []string{long, long}, many...) },
		"bars":  func() ([]byte, error) { return picture.Bars("x", []string{long, "b"}, many...) },
		"words": func() ([]byte, error) { return picture.Funnel("\xff\n🌷", []string{long, ""}, []float64{1, 2}) },
	} {
		data, err := draw()
		drawn(t, "many-"+kind, data, err)
	}
}

// TestAPartIsNotToldAsTheWhole: where a part of a bar is not known, its sum is not told.
func TestAPartIsNotToldAsTheWhole(t *testing.T) {
	known, err := picture.Bars("x", []string{"M1"}, picture.Series{Values: []float64{6}}, picture.Series{Values: []float64{0}})
	drawn(t, "whole", known, err)
	hidden, err := picture.Bars("x", []string{"M1"}, picture.Series{Values: []float64{6}}, picture.Series{Values: []float64{nan}})
	drawn(t, "part", hidden, err)
	if bytes.Equal(known, hidden) {
		t.Error("a part that is not known counts as none")
	}
}

// TestPicturesOfTheHouse draws those that the chair gets, to be looked at (SHOW=folder).
func TestPicturesOfTheHouse(t *testing.T) {
	data, err := contacts()
	im := drawn(t, "contacts", data, err)
	if n := inked(im, image.Rect(860, 180, 1080, 420)); n < 2000 { // both names and both last values
		t.Errorf("the lines' names have %d points", n)
	}
	data, err = indonesian.Bars("Arah usaha per pekan", weeks(8),
		picture.Series{Name: "Naik", Values: []float64{8, 7, 9, nan, 6, 8, 9, 10}},
		picture.Series{Name: "Tetap", Values: []float64{5, 6, 5, nan, 7, 5, 5, 4}},
		picture.Series{Name: "Turun", Values: []float64{2, 1, 2, nan, 0, 3, 1, 2}})
	drawn(t, "directions", data, err)
	data, err = indonesian.Funnel("Tahap modal usaha",
		[]string{"Diusulkan", "Disetujui", "Siapkan berkas", "Buku tabungan jadi", "Sudah cair", "Selesai"}, []float64{24, 20, 18, nan, 12, 0})
	drawn(t, "stages", data, err)
}

// TestPicturesAreDrawnSideBySide: several chairs may ask at once.
func TestPicturesAreDrawnSideBySide(t *testing.T) {
	want, err := contacts()
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, err := contacts(); err != nil || !bytes.Equal(got, want) {
				t.Error("another picture while others draw", err)
			}
		})
	}
	all.Wait()
}

func BenchmarkChart(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := contacts(); err != nil {
			b.Fatal(err)
		}
	}
}
