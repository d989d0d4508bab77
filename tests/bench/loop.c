/* One epoch of a network of tanh units in plain loops: what a compiler makes of it without any call in between. Weights
 * lie layer by layer as (units, inputs + 1), a unit's bias last; the loss is half the squared error, its mean over the
 * batch. Built and checked by compiled.py and its test. */

#include <math.h>
#include <string.h>

enum { MOST_UNITS = 64, MOST_LAYERS = 8 };

/* sizes[layers + 1], the inputs first; points count x sizes[0]; targets count. */
void train_epoch(const int *sizes, int layers, float *theta, float *slopes, const float *points,
                 const float *targets, int count, int batch, float rate) {
  float a[MOST_LAYERS + 1][MOST_UNITS], d[MOST_LAYERS + 1][MOST_UNITS];
  int total = 0;
  for (int l = 0; l < layers; l++) total += sizes[l + 1] * (sizes[l] + 1);
  for (int first = 0; first < count; first += batch) {
    int last = first + batch < count ? first + batch : count;
    memset(slopes, 0, sizeof(float) * total);
    for (int p = first; p < last; p++) {
      memcpy(a[0], points + p * sizes[0], sizeof(float) * sizes[0]);
      const float *w = theta;
      for (int l = 0; l < layers; l++) {
        for (int j = 0; j < sizes[l + 1]; j++, w += sizes[l] + 1) {
          float z = w[sizes[l]];
          for (int i = 0; i < sizes[l]; i++) z += w[i] * a[l][i];
          a[l + 1][j] = tanhf(z);
        }
      }
      d[layers][0] = a[layers][0] - targets[p];
      int start = total;
      for (int l = layers - 1; l >= 0; l--) {
        int inputs = sizes[l], row = inputs + 1;
        start -= sizes[l + 1] * row;
        memset(d[l], 0, sizeof(float) * inputs);
        for (int j = 0; j < sizes[l + 1]; j++) {
          float dz = d[l + 1][j] * (1 - a[l + 1][j] * a[l + 1][j]);
          const float *weights = theta + start + j * row;
          float *sums = slopes + start + j * row;
          for (int i = 0; i < inputs; i++) {
            sums[i] += dz * a[l][i];
            d[l][i] += dz * weights[i];
          }
          sums[inputs] += dz;
        }
      }
    }
    float share = rate / (last - first);
    for (int k = 0; k < total; k++) theta[k] -= share * slopes[k];
  }
}
