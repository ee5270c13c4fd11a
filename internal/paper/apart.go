package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// apart gives pictures of which no two are equally wide. The library puts pictures into a document in the
// order of their widths, and those of one width in any order: the same document would be another file
// each time. Where two are equally wide, the second gets a white column more.
func apart(all []Picture) ([]Picture, error) {
	used := map[int]bool{}
	out := make([]Picture, 0, len(all))
	for _, p := range all {
		size, err := png.DecodeConfig(bytes.NewReader(p.PNG))
		if err != nil {
			return nil, fmt.Errorf("read a picture: %w", err)
		}
		wide := size.Width
		for used[wide] {
			wide++
		}
		used[wide] = true
		if wide > size.Width {
			if p.PNG, err = widened(p.PNG, wide); err != nil {
				return nil, err
			}
		}
		out = append(out, p)
	}
	return out, nil
}

// widened is a picture with white columns at its right.
func widened(data []byte, wide int) ([]byte, error) {
	was, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read a picture: %w", err)
	}
	b := was.Bounds()
	is := image.NewRGBA(image.Rect(0, 0, wide, b.Dy()))
	draw.Draw(is, is.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(is, image.Rect(0, 0, b.Dx(), b.Dy()), was, b.Min, draw.Over)
	var out bytes.Buffer
	if err := png.Encode(&out, is); err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return out.Bytes(), nil
}
