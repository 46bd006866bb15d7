// Prints the crops of smartcrop.js and of libvips' attention as JSON. Arguments: the folder of installed packages (sharp,
// smartcrop), and a JSON file with a list of {path, frames: [[width, height], ...]}. A crop is left, top, width and height in px.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, file] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const sharp = require("sharp");
const smartcrop = require("smartcrop");

const imageOperations = {
  open: async (path) => {
    const { width, height } = await sharp(path).metadata();
    return { width, height, pixels: sharp(path) };
  },
  resample: async (image, width, height) => {
    const [across, down] = [Math.floor(width), Math.floor(height)];
    return { width: across, height: down, pixels: image.pixels.clone().resize(across, down) };
  },
  getData: async (image) => {
    const { data, info } = await image.pixels.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
  },
};

async function attention(path, width, height) {
  const source = await sharp(path).metadata();
  const scale = Math.max(width / source.width, height / source.height);
  const { info } = await sharp(path)
    .resize(width, height, { fit: "cover", position: sharp.strategy.attention })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [-(info.cropOffsetLeft ?? 0), -(info.cropOffsetTop ?? 0), width, height].map((length) => length / scale);
}

const crops = [];
for (const { path, frames } of JSON.parse(readFileSync(file, "utf8"))) {
  for (const [width, height] of frames) {
    const { topCrop } = await smartcrop.crop(path, { width, height, imageOperations });
    crops.push({
      "smartcrop.js": [topCrop.x, topCrop.y, topCrop.width, topCrop.height],
      "libvips attention": await attention(path, width, height),
    });
  }
}
console.log(JSON.stringify(crops));
